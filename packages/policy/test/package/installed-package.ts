/** Packs the package as it would be published, and installs the tarball into an empty project in a temporary folder. */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const REPOSITORY = path.join(import.meta.dirname, '../../../..')
const PACKED_FROM = ['tsconfig.json', 'scripts/publishable-manifest.ts', 'packages/policy']
const NOT_COPIED = new Set(['node_modules', 'dist', 'test', 'cases', 'reference'])

/** What a program that was run to its end said. */
export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A project that has the package as its one dependency. */
export interface InstalledPackage {
  readonly project: string
  /** Paths in the tarball, without `package/`. */
  readonly files: readonly string[]
  /** Writes files of the project: name to text. */
  readonly write: (files: Readonly<Record<string, string>>) => void
  /** Runs Node in the project. */
  readonly runNode: (...args: readonly string[]) => Ran
  /** Runs the compiler over all TypeScript of the project, as strict as it can be. */
  readonly compile: () => Ran
  readonly remove: () => void
}

/** Takes a few seconds, and no network. Throws with what npm said when it fails. */
export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(path.join(tmpdir(), 'iamd-policy-'))
  const tarball = path.join(folder, pack(folder))
  const project = path.join(folder, 'project')
  mkdirSync(project)
  writeFileSync(path.join(project, 'package.json'), '{ "name": "a-project", "private": true, "type": "module" }\n')
  npm(['install', '--offline', '--no-audit', '--no-fund', tarball], project)
  const installed = path.join(project, 'node_modules/@iamd/policy')
  return {
    project,
    files: globSync('**', { cwd: installed, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name))),
    write(files) {
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(project, name), text)
    },
    runNode: (...args) => run(process.execPath, args, project),
    compile: () => compile(project),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Packing changes `package.json` for a moment, so that it is done on a copy: other tests read the original meanwhile. */
function pack(folder: string): string {
  const copy = path.join(folder, 'copy')
  for (const name of PACKED_FROM) {
    cpSync(path.join(REPOSITORY, name), path.join(copy, name), {
      recursive: true,
      filter: (source) => !NOT_COPIED.has(path.basename(source)),
    })
  }
  symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  npm(['pack', '--pack-destination', folder], path.join(copy, 'packages/policy'))
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('`npm pack` made no tarball')
  return tarball
}

function npm(args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = run('npm', args, cwd)
  if (status !== 0) throw new Error(`\`npm ${args.join(' ')}\` failed:\n${stdout}${stderr}`)
}

function compile(project: string): Ran {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    module: 'nodenext',
    types: [],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
  }
  writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  return run(path.join(REPOSITORY, 'node_modules/.bin/tsc'), ['--pretty', 'false'], project)
}

function run(command: string, args: readonly string[], cwd: string): Ran {
  const PATH = `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  })
  if (error !== undefined) throw error
  return { status, stdout, stderr }
}
