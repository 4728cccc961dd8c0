import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'

import fc from 'fast-check'

import { hmacSha256, hmacSha256Hex } from './hmac-sha256.ts'
import { deriveSigningKey } from './signing-key.ts'

describe('a signing key', () => {
  test('of the published example is the published one', () => {
    // AWS General Reference, "Examples of how to derive a signing key for Signature Version 4".
    const scope = { date: '20120215', region: 'us-east-1', service: 'iam' }
    const key = deriveSigningKey('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', scope)
    assert.equal(Buffer.from(key).toString('hex'), 'f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d')
  })

  test('A-22: is refused for an empty secret', () => {
    const scope = { date: '20260314', region: 'us-east-1', service: 'iam' }
    assert.throws(() => deriveSigningKey('', scope), /^Error: the secret access key is empty$/)
  })

  test('of a secret beyond the block of the hash is that of HMAC', () => {
    const scope = { date: '20260314', region: 'us-east-1', service: 'iam' }
    for (const length of [59, 60, 61, 64, 128, 1000]) {
      const secret = 'é'.repeat(length)
      const date = createHmac('sha256', `AWS4${secret}`).update(scope.date).digest()
      const region = createHmac('sha256', date).update(scope.region).digest()
      const service = createHmac('sha256', region).update(scope.service).digest()
      const expected = createHmac('sha256', service).update('aws4_request').digest('hex')
      assert.equal(Buffer.from(deriveSigningKey(secret, scope)).toString('hex'), expected)
    }
  })
})

test('one-shot HMAC is the HMAC of node, for every key and every ASCII message', () => {
  const ascii = fc.string({ unit: 'binary-ascii', maxLength: 300 })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), ascii, (key, message) => {
      const expected = createHmac('sha256', key).update(message).digest()
      assert.deepEqual(hmacSha256(key, message), expected)
      assert.equal(hmacSha256Hex(key, message), expected.toString('hex'))
    }),
    { numRuns: 500, seed: 22 },
  )
})
