import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { operationsTable } from './operations-table.ts'
import type { ServiceFile } from './read-model.ts'
import { threatCoverage, withCoverage } from './threat-coverage.ts'

const root = join(import.meta.dirname, '..', '..')

/** Where tests against threats are: beside the code, in tables of cases, in contract suites, with foreign clients, and about the code itself. */
const testFiles = [
  'packages/*/{src,test}/**/*.test.ts',
  'packages/*/cases/**/*.json',
  'packages/server/src/*/{contract.ts,contract/*.ts}',
  'e2e/**/*.test.ts',
  'tidy/**/*.test.ts',
]

/** The documents of which a part is generated: path from the repository's root, and the whole text that each must have. */
export function documentPages(services: readonly ServiceFile[]): [path: string, text: string][] {
  const table = operationsTable(read('packages/server/src/operations/registry.ts'), services)
  return [
    ['README.md', withPart(read('README.md'), 'operations', table)],
    ['docs/threats.md', withCoverage(read('docs/threats.md'), coverageNow())],
  ]
}

/** Which tests of the repository stand against which threat. */
export function coverageNow(): Map<string, string[]> {
  const paths = testFiles.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] }))
  return threatCoverage(paths.map((path) => ({ path: path.split(sep).join('/'), text: read(path) })))
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
