import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeTags, removeTags } from './tags.ts'

const error = (code: string, message: string): never => {
  throw new Error(`${code}: ${message}`)
}
const stored = [{ key: 'kind', value: 'user' }]

test('F-10: tag keys that only Unicode folds together are two keys, whoever sets or removes one', () => {
  const kelvin = '\u212Aind'
  const merged = mergeTags(stored, [{ Key: kelvin, Value: 'admin' }], { ignoreCase: true, error })
  assert.deepEqual(
    merged.map(({ key }) => key),
    ['kind', kelvin],
  )
  assert.deepEqual(removeTags(stored, [kelvin], { ignoreCase: true }), stored)
})

test('tag keys that differ in case are one key where case is ignored, and the newest spelling stays', () => {
  const sent = [{ Key: 'KIND', Value: 'admin' }]
  assert.deepEqual(mergeTags(stored, sent, { ignoreCase: true, error }), [{ key: 'KIND', value: 'admin' }])
  assert.equal(mergeTags(stored, sent, { ignoreCase: false, error }).length, 2)
  assert.deepEqual(removeTags(stored, ['KIND'], { ignoreCase: true }), [])
})
