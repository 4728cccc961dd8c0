import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { readSource, repositoryPaths } from '../source/source-file.ts'
import { wordFindings } from './words.ts'

const slash = '/'

const refused = [
  `"resolved": "https://registry.${'npmjs'}.org/a/-/a-1.0.0.tgz"`,
  `read('${slash}root/notes.txt')`,
  `see ${slash}home/kim/project/a.ts`,
  `const folder = '${slash}tmp/world'`,
]
const accepted = ['/networks/root/a', 'https://example.com/root/a', '../root/a', 'a/home/b/c', 'tmpdir()']

for (const text of refused) {
  test(`\`${text}\` is refused`, () => assert.equal(wordFindings([{ path: 'a.ts', text }]).length, 1))
}
for (const text of accepted) {
  test(`\`${text}\` is accepted`, () => assert.deepEqual(wordFindings([{ path: 'a.ts', text }]), []))
}

test('no file of the repository names a place that only one machine knows', () => {
  assertNone(wordFindings(repositoryPaths().filter(isText).map(readSource)))
})

test('the lockfiles name no host, and pin every package by its hash', () => {
  for (const path of repositoryPaths().filter((name) => name.endsWith('package-lock.json'))) {
    assertNone(lockFindings(path))
  }
})

/** What is read of a package in a lockfile. */
interface Locked {
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
}

/** Compressed assets have no lines to read. */
function isText(path: string): boolean {
  return !/\.(br|gz|zip|png|ico|woff2?|sqlite)$/.test(path)
}

function lockFindings(path: string): string[] {
  const lock: { packages: Record<string, Locked> } = JSON.parse(readSource(path).text)
  return Object.entries(lock.packages).flatMap(([name, { resolved = '', integrity, link, optional, os }]) => {
    if (!name.includes('node_modules/') || link === true) return []
    if (/^[a-z+]+:/.test(resolved)) return [`${path}: \`${name}\` names where it comes from, \`${resolved}\``]
    // npm demands a row for each platform of an optional tool, also where its registry has that platform's package not yet.
    const isElsewhere = optional === true && os !== undefined && !/linux-(x64|arm64)(-gnu)?$/.test(name)
    return integrity === undefined && !isElsewhere ? [`${path}: \`${name}\` has no hash`] : []
  })
}
