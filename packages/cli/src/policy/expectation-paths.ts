import { glob, stat } from 'node:fs/promises'
import path from 'node:path'

import { reasonOf, wrongUsage } from '../failure.ts'

/** What expectation files are called in a folder; a file that is named itself may have any name. */
const pattern = '**/*.test.json'

/** The expectation files among files and folders, in order. Throws wrong usage for one that is not there, or a folder without any. */
export async function expectationPaths(named: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(named.map(filesOf))
  return [...new Set(found.flat())]
}

async function filesOf(name: string): Promise<readonly string[]> {
  if (!(await isFolder(name))) return [path.resolve(name)]
  const files: string[] = []
  for await (const file of glob(pattern, { cwd: name, exclude: (entry) => path.basename(entry) === 'node_modules' }))
    files.push(path.resolve(name, file))
  if (files.length === 0) throw wrongUsage(`\`${name}\` has no expectation files`, 'their names end in `.test.json`')
  return files.toSorted()
}

async function isFolder(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory()
  } catch (error) {
    throw wrongUsage(`cannot read \`${name}\`: ${reasonOf(error)}`)
  }
}
