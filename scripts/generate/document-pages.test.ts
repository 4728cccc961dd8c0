import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withPart } from './document-pages.ts'
import { operationsTable } from './operations-table.ts'
import type { ServiceFile } from './read-model.ts'
import { threatCoverage, threatRows, withCoverage } from './threat-coverage.ts'

const iam: ServiceFile = {
  source: '',
  date: '',
  service: 'iam',
  protocol: 'awsQuery',
  version: '',
  commonErrors: {},
  errors: {},
  shapes: {},
  operations: { CreateUser: { errors: [] }, TagUser: { errors: [] }, GetRole: { errors: [] } },
}

test('the table of operations links each registered one to its file, and counts', () => {
  const registry = `import type { Operation } from './operation.ts'
import { CreateUser } from './user/create-user.ts'
import {
  TagUser,
  userTagsPage,
} from './user/tags/tag-user.ts'`
  assert.equal(
    operationsTable(registry, [iam]),
    `IAM: 2 of 3.

| noun | operations |
| --- | --- |
| user | [CreateUser](packages/server/src/operations/user/create-user.ts), [TagUser](packages/server/src/operations/user/tags/tag-user.ts) |`,
  )
})

test('a generated part is replaced between its marks and nothing else is', () => {
  const document = 'a\n<!-- generated: x -->\nold\n<!-- end of generated: x -->\nb\n'
  const expected = 'a\n<!-- generated: x -->\n\nnew\n\n<!-- end of generated: x -->\nb\n'
  assert.equal(withPart(document, 'x', 'new'), expected)
  assert.equal(withPart(expected, 'x', 'new'), expected)
  assert.throws(() => withPart(document, 'y', 'new'), /no part `y`/)
})

test('a threat is covered by the tests whose names begin with its id', () => {
  const document =
    '| id | a | b | tests |\n| --- | --- | --- | --- |\n| A-01 | x | y | |\n| A-02 | x | Later: y | old |\n'
  const coverage = threatCoverage([
    { path: 'p/b.test.ts', text: `test('A-01, B-02: no', () => {})\ntest("A-01: again")` },
    { path: 'p/a.test.ts', text: 'test(`A-01 and A-03: no`) // A-02: is only spoken of' },
  ])
  assert.deepEqual([...coverage.keys()].sort(), ['A-01', 'A-03', 'B-02'])
  assert.deepEqual(threatRows(document), [
    { id: 'A-01', later: false },
    { id: 'A-02', later: true },
  ])
  assert.equal(
    withCoverage(document, coverage).split('\n').slice(2).join('\n'),
    '| A-01 | x | y | [a.test.ts](../p/a.test.ts), [b.test.ts](../p/b.test.ts) |\n| A-02 | x | Later: y | |\n',
  )
})
