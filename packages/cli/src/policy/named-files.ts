import { glob, stat } from 'node:fs/promises'
import path from 'node:path'

import { reasonOf, wrongUsage } from '../failure.ts'
import { shownPath } from './policy-file.ts'

/** What expectation files are called; every other JSON file is a policy. */
const expectationEnd = '.test.json'

/** What is looked for in folders and by patterns. A file that is named itself may have any name. */
type Sought = {
  /** For a person. */
  readonly what: string
  readonly end: string
  readonly isSought: (file: string) => boolean
}

const policies: Sought = {
  what: 'policies',
  end: '.json',
  isSought: (file) => file.endsWith('.json') && !file.endsWith(expectationEnd),
}

const expectations: Sought = {
  what: 'expectation files',
  end: expectationEnd,
  isSought: (file) => file.endsWith(expectationEnd),
}

/**
 * The policies that were named: `-`, files, folders with all `*.json` below them, and patterns, in order and each once.
 * Throws wrong usage for one that is not there, or finds nothing.
 */
export function namedPolicies(named: readonly string[]): Promise<readonly string[]> {
  return allNamed(named, policies)
}

/** The same of expectation files, which end in `.test.json`. */
export function namedExpectations(named: readonly string[]): Promise<readonly string[]> {
  return allNamed(named, expectations)
}

async function allNamed(named: readonly string[], sought: Sought): Promise<readonly string[]> {
  const found = await Promise.all(named.map((name) => pathsOf(name, sought)))
  return [...new Set(found.flat())]
}

async function pathsOf(name: string, sought: Sought): Promise<readonly string[]> {
  if (name === '-') return [name]
  const kind = await kindOf(name)
  if (kind === 'folder') return matching(name, sought, { pattern: '**', cwd: name })
  // A shell that finds nothing for a pattern hands the pattern on, as does one that does not expand any.
  if (kind === undefined) return matching(name, sought, { pattern: name, cwd: '.' })
  return [shownPath(path.resolve(name))]
}

/** Undefined for a pattern, which no file is called. */
async function kindOf(name: string): Promise<'folder' | 'file' | undefined> {
  try {
    return (await stat(name)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    if (/[*?[{]/.test(name)) return undefined
    throw wrongUsage(`cannot read \`${name}\`: ${reasonOf(error)}`)
  }
}

/** Throws wrong usage for a link that leads nowhere: a policy that is not checked must not pass for one that is. */
async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile()
  } catch (error) {
    throw wrongUsage(`cannot read \`${shownPath(file)}\`: ${reasonOf(error)}`)
  }
}

async function matching(
  name: string,
  { what, end, isSought }: Sought,
  { pattern, cwd }: { readonly pattern: string; readonly cwd: string },
): Promise<readonly string[]> {
  const files: string[] = []
  for await (const entry of glob(pattern, { cwd, exclude: (file) => path.basename(file) === 'node_modules' })) {
    const file = path.resolve(cwd, entry)
    if (isSought(file) && (await isFile(file))) files.push(shownPath(file))
  }
  if (files.length === 0) throw wrongUsage(`\`${name}\` has no ${what}`, `their names end in \`${end}\``)
  return files.toSorted()
}
