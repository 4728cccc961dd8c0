import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { readSource, repositoryPaths } from '../source/source-file.ts'
import { dependencyFindings, missingRows } from './dependencies.ts'
import type { Lock } from './dependencies.ts'

test('N-03: a parser of XML and an install script are found however deep they lie', () => {
  const lock: Lock = {
    'packages/server': { dependencies: { a: '1.0.0' } },
    'packages/server/node_modules/a': { dependencies: { 'fast-xml': '1.0.0', b: '1.0.0' } },
    'node_modules/b': { dependencies: { a: '1.0.0' }, hasInstallScript: true },
    'node_modules/a': {},
    'node_modules/fast-xml': {},
    'node_modules/other-xml': { hasInstallScript: true },
  }
  assert.deepEqual(dependencyFindings(lock), [
    'node_modules/b: has an install script',
    'node_modules/fast-xml: parses XML',
  ])
})

test('a package with more than ten direct dependencies is found', () => {
  const names = Array.from({ length: 11 }, (_, index) => [`a${index}`, '1.0.0'] as const)
  const lock = { 'packages/cli': { dependencies: Object.fromEntries(names) } }
  assert.deepEqual(dependencyFindings(lock), ['packages/cli: 11 direct dependencies, more than 10'])
})

test('N-03: what runs in production is little, has no install script, and parses no XML in the server', () => {
  const lock: { packages: Lock } = JSON.parse(readSource('package-lock.json').text)
  assert.ok(Object.hasOwn(lock.packages, 'packages/server'))
  assertNone(dependencyFindings(lock.packages))
})

test('a dependency without a row is found, also an optional one', () => {
  const lock: Lock = {
    '': { dependencies: { a: '1.0.0' }, optionalDependencies: { b: '1.0.0' } },
    'node_modules/a': { optionalDependencies: { c: '1.0.0' } },
  }
  assert.deepEqual(missingRows(lock), ['the root: `b` has no row', 'node_modules/a: `c` has no row'])
})

test('`npm ci` can install from every lockfile: each dependency has its row', () => {
  for (const path of repositoryPaths().filter((name) => name.endsWith('package-lock.json'))) {
    const lock: { packages: Lock } = JSON.parse(readSource(path).text)
    assertNone(missingRows(lock.packages))
  }
})
