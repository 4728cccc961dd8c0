import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyRing, newInstallationKey } from './key-ring.ts'

test('M-10: the keys for different purposes, and of different installation keys, are all different', () => {
  const [one, other] = [newInstallationKey(), newInstallationKey()]
  const rings = [one, other].map((key) => createKeyRing([key]).current)
  const derived = rings.flatMap(({ secret, marker }) => [
    secret.export().toString('hex'),
    marker.export().toString('hex'),
  ])
  const all = [...derived, one.key.toString('hex'), other.key.toString('hex')]
  assert.equal(new Set(all).size, 6)
  for (const key of all) assert.equal(key.length, 64)
})

test('the first key of a ring seals, and every key is found by its id', () => {
  const keys = [newInstallationKey(), newInstallationKey()]
  const ring = createKeyRing(keys)
  assert.equal(ring.current, ring.find(keys[0]?.keyId ?? ''))
  assert.notEqual(ring.find(keys[1]?.keyId ?? ''), undefined)
  assert.equal(ring.find('00000000'), undefined)
})

test('derivation is fixed: what was sealed by an earlier release opens in a later one', () => {
  // HKDF-SHA256 of 32 zero bytes without salt under the labels of key-ring.ts, computed with Python's hmac and hashlib.
  const ring = createKeyRing([{ keyId: '01020304', key: Buffer.alloc(32) }])
  assert.equal(
    ring.current.secret.export().toString('hex'),
    'c46086fb4483a7b4781191ee5f5d23256077e1bceb11db7f021bb567b617b0ac',
  )
  assert.equal(
    ring.current.marker.export().toString('hex'),
    'ffb5fff3491e11c6245b9a5b2c76646bee90ec57a72a45cde1cad04d8113ca0d',
  )
})

test('a ring without a key is refused', () => {
  assert.throws(() => createKeyRing([]), /needs a key/)
})
