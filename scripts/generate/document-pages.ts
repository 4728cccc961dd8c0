import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { operationsTable } from './operations-table.ts'
import type { ServiceFile } from './read-model.ts'
import { threatCoverage, withCoverage } from './threat-coverage.ts'

const root = join(import.meta.dirname, '..', '..')

const testFiles = ['packages/*/src/**/*.test.ts', 'packages/server/src/journal/contract/*.ts', 'e2e/**/*.test.ts']

/** The documents of which a part is generated: path from the repository's root, and the whole text that each must have. */
export function documentPages(services: readonly ServiceFile[]): [path: string, text: string][] {
  const table = operationsTable(read('packages/server/src/operations/registry.ts'), services)
  const tests = testFiles
    .flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] }))
    .map((path) => ({ path: path.split(sep).join('/'), text: read(path) }))
  return [
    ['README.md', withPart(read('README.md'), 'operations', table)],
    ['docs/threats.md', withCoverage(read('docs/threats.md'), threatCoverage(tests))],
  ]
}

/** Replaces what stands between the two marks of a part; throws when the document has no such marks. */
export function withPart(document: string, part: string, text: string): string {
  const [start, end] = [`<!-- generated: ${part} -->`, `<!-- end of generated: ${part} -->`]
  const from = document.indexOf(start)
  const to = document.indexOf(end)
  if (from === -1 || to < from) throw new Error(`no part \`${part}\` is marked in the document`)
  return `${document.slice(0, from + start.length)}\n\n${text}\n\n${document.slice(to)}`
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
