import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverageNow } from '../../scripts/generate/document-pages.ts'
import { threatRows } from '../../scripts/generate/threat-coverage.ts'
import { assertNone } from '../source/assert-none.ts'
import { readSource, repositoryPaths } from '../source/source-file.ts'
import { documentFindings } from './documents.ts'
import { rooms } from './wall-table.ts'

const threats = threatRows(readSource('docs/threats.md').text)
const coverage = coverageNow()

test('a link that leads nowhere and a second title are found', () => {
  const paths = new Set(['docs/a.md', 'docs/decisions/0001-b.md'])
  const find = (text: string): string[] => documentFindings({ path: 'docs/a.md', text }, paths)
  assert.deepEqual(find('# A\n[b](decisions/0001-b.md#why) [c](decisions/) [d](https://example.com) [e](#f)\n'), [])
  assert.deepEqual(find('# A\n[b](../docs/b.md)\n'), ['docs/a.md: `../docs/b.md` leads nowhere'])
  assert.deepEqual(find('# A\n# B\n```sh\n# a comment\n```\n'), ['docs/a.md: 2 titles; a document has one'])
})

test('every document has one title, and its links lead somewhere', () => {
  const paths = repositoryPaths()
  const documents = paths.filter((path) => path.endsWith('.md')).map(readSource)
  assertNone(documents.flatMap((document) => documentFindings(document, new Set(paths))))
})

test('every room of the walls is explained in ARCHITECTURE.md', () => {
  const { text } = readSource('ARCHITECTURE.md')
  const names = Object.keys(rooms).filter((name) => rooms[name]?.at.startsWith('packages/server/') && name !== 'server')
  assertNone(names.filter((name) => !text.includes(`\n| \`${name}\` |`)))
})

test('every threat that applies has a test that bears its id', () => {
  assertNone(threats.filter(({ id, later }) => !later && !coverage.has(id)).map(({ id }) => `${id}: no test`))
})

test('every id in the name of a test, of a letter that docs/threats.md has, is a row of it', () => {
  const known = new Set(threats.map(({ id }) => id))
  const letters = new Set(threats.map(({ id }) => id[0]))
  const unknown = [...coverage].filter(([id]) => letters.has(id[0]) && !known.has(id))
  assertNone(unknown.map(([id, paths]) => `${id}: ${paths.join(', ')}`))
})

test('every command in the table of the README is registered, and every registered one is in it', () => {
  const inReadme = [...readSource('README.md').text.matchAll(/^\| `iamd ([a-z]+(?: [a-z]+)?)/gm)].map(
    ([, words]) => words,
  )
  const { text } = readSource('packages/cli/src/commands/registry.ts')
  const registered = [...text.matchAll(/words: '([^']+)'/g)].map(([, words]) => words)
  assert.deepEqual(inReadme.toSorted(compareTexts), registered.toSorted(compareTexts))
})

test('every npm script that a document names exists', () => {
  const manifest: { scripts: Record<string, string> } = JSON.parse(readSource('package.json').text)
  const documents = repositoryPaths().filter((path) => path.endsWith('.md'))
  const named = documents.flatMap((path) =>
    [...readSource(path).text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => ({ path, script })),
  )
  assert.ok(named.length > 0)
  assertNone(
    named.filter(({ script }) => !(script in manifest.scripts)).map(({ path, script }) => `${path}: ${script}`),
  )
})

function compareTexts(one = '', other = ''): number {
  return one < other ? -1 : 1
}
