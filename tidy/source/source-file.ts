import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './repository-root.ts'

/** A file as the rules see it: its path from the repository's root, with slashes, and its text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Paths of all files that git keeps or would keep (tracked, or new and not ignored), sorted. */
export function repositoryPaths(): string[] {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const paths = listing.split('\0').filter((path) => path !== '' && existsSync(join(repositoryRoot, path)))
  return [...new Set(paths)].sort()
}

/** Every TypeScript and JavaScript file of the repository, generated ones and fixtures left out. */
export function codeFiles(): SourceFile[] {
  return repositoryPaths()
    .filter((path) => isCode(path) && !isExempt(path))
    .map((path) => readSource(path))
}

/** Reads one file of the repository. */
export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(repositoryRoot, path), 'utf8') }
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|mts|js|mjs|cjs)$/.test(path)
}

/** Generated files and fixtures are bytes that nobody reads as code. */
export function isExempt(path: string): boolean {
  return /(^|\/)(generated|fixtures)\//.test(path)
}

/** A test, or what only tests use: the `test` folder of a package, the contract suites of ports, the rooms of tests. */
export function isTestCode(path: string): boolean {
  return /\.test\.tsx?$|^packages\/[^/]+\/test\/|\/(activity|journal)\/contract(\/|\.ts$)|^(e2e|tidy)\//.test(path)
}

/** The line (from 1) on which the character at `offset` stands. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line += 1
  return line
}
