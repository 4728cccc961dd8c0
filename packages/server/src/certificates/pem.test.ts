import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePemBlocks } from './pem.ts'

const A = '-----BEGIN A-----\nAAAA\n-----END A-----'
const B = '-----BEGIN B C-----\r\nBBBB\r\n-----END B C-----'

test('blocks are found in their order, with their labels, whatever white space is around them', () => {
  assert.deepEqual(parsePemBlocks(`\n${A}\n \r\n${B}${A}\t`), [
    { label: 'A', text: A },
    { label: 'B C', text: B },
    { label: 'A', text: A },
  ])
})

test('a text is no list of blocks when it has none, text around them, or one that ends as another', () => {
  for (const text of ['', 'text', `x${A}`, `${A}x`, `${A}\nx\n${B}`, A.replace('END A', 'END B'), A.slice(0, -1)]) {
    assert.equal(parsePemBlocks(text), undefined, text)
  }
})

test('a text of many beginnings is read in time that grows with its length', () => {
  const started = performance.now()
  assert.equal(parsePemBlocks('-----BEGIN A-----\n'.repeat(100_000)), undefined)
  assert(performance.now() - started < 1000)
})
