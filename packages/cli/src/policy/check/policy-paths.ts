import { glob, stat } from 'node:fs/promises'
import path from 'node:path'

import { reasonOf, wrongUsage } from '../../failure.ts'
import { shownPath } from '../policy-file.ts'

/** What policies are called in a folder; a file that is named itself may have any name. */
const pattern = '**/*.json'

/** Those of `iamd policy test`, which are no policies. */
const expectations = '.test.json'

/**
 * The files that were named: `-`, files, folders with all `*.json` below them, and patterns, in order and each once. Throws
 * wrong usage for one that is not there, or finds nothing.
 */
export async function policyPaths(named: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(named.map(pathsOf))
  return [...new Set(found.flat())]
}

async function pathsOf(name: string): Promise<readonly string[]> {
  if (name === '-') return [name]
  const kind = await kindOf(name)
  if (kind === 'folder') return matching(name, { pattern, cwd: name })
  // A shell that finds nothing for a pattern hands the pattern on, as does one that does not expand any.
  if (kind === undefined) return matching(name, { pattern: name, cwd: '.' })
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

async function matching(
  name: string,
  options: { readonly pattern: string; readonly cwd: string },
): Promise<readonly string[]> {
  const { cwd } = options
  const files: string[] = []
  for await (const entry of glob(options.pattern, { cwd, exclude: (file) => path.basename(file) === 'node_modules' })) {
    const file = path.resolve(cwd, entry)
    if (!file.endsWith(expectations) && (await stat(file)).isFile()) files.push(shownPath(file))
  }
  if (files.length === 0) throw wrongUsage(`\`${name}\` has no policies`, 'their names end in `.json`')
  return files.toSorted()
}
