import assert from 'node:assert/strict'
import { it } from 'node:test'
import { contextOf } from './context-of.ts'

it('a context of known values answers to keys in lower case, and to no name that only its object has', () => {
  const context = contextOf({ 'aws:RequestTag/Team': 'a', 'aws:TagKeys': ['a', 'b'], 'aws:username': undefined })
  assert.equal(context.get('aws:requesttag/team'), 'a')
  assert.deepEqual(context.get('aws:tagkeys'), ['a', 'b'])
  for (const key of ['aws:RequestTag/Team', 'aws:username', 'constructor', '__proto__']) {
    assert.equal(context.get(key), undefined)
  }
})

it('F-10: only A-Z is folded, so that a key with another letter is another key', () => {
  assert.equal(contextOf({ 'aws:\u212aey': 'a' }).get('aws:key'), undefined)
})

it('of two keys that differ only in case the last one counts', () => {
  assert.equal(contextOf({ 'a:B': 'first', 'A:b': 'last' }).get('a:b'), 'last')
  assert.equal(contextOf({ 'a:B': 'first', 'A:b': undefined }).get('a:b'), undefined)
})
