import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import {
  accountIdOfAccessKey,
  newAccessKeyId,
  newAccountId,
  newSecretAccessKey,
  newUniqueId,
  policyIdOfDigest,
  type RandomBytes,
} from './ids.ts'

const accountIds = fc.integer({ min: 0, max: 999_999_999_999 }).map((account) => String(account).padStart(12, '0'))
const prefixes = fc.constantFrom('AKIA' as const, 'ASIA' as const)
const seeds = fc.noShrink(fc.infiniteStream(fc.integer({ min: 0, max: 255 })))

/** A source of bytes that the property chose. */
function bytesOf(stream: Iterator<number, unknown>): RandomBytes {
  return (length) => Uint8Array.from({ length }, () => Number(stream.next().value))
}

suite('unique ids', () => {
  test('a unique id is its prefix and 17 base32 characters', () => {
    fc.assert(
      fc.property(fc.constantFrom('AGPA', 'AIDA', 'AIPA', 'ANPA', 'APKA', 'AROA', 'ASCA'), seeds, (prefix, seed) => {
        const id = newUniqueId(prefix, bytesOf(seed))
        assert.equal(id.slice(0, 4), prefix)
        assert.match(id, /^[A-Z]{4}[A-Z2-7]{17}$/)
      }),
    )
  })

  test('every random byte of a unique id matters', () => {
    const zeros: RandomBytes = (length) => new Uint8Array(length)
    const zero = newUniqueId('AIDA', zeros)
    for (let index = 0; index < 17; index += 1) {
      const one: RandomBytes = (length) => Uint8Array.from({ length }, (_, at) => (at === index ? 1 : 0))
      assert.notEqual(newUniqueId('AIDA', one), zero)
    }
  })

  test('a policy id of a digest is ANPA and 17 base32 characters, the same each time', () => {
    const digest = Uint8Array.from({ length: 32 }, (_, index) => index * 7)
    assert.match(policyIdOfDigest(digest), /^ANPA[A-Z2-7]{17}$/)
    assert.equal(policyIdOfDigest(digest), policyIdOfDigest(digest))
    assert.equal(policyIdOfDigest(digest).length, 21)
  })
})

suite('access key ids', () => {
  test('the account of an access key id is the account it was made for', () => {
    fc.assert(
      fc.property(prefixes, accountIds, seeds, (prefix, accountId, seed) => {
        const id = newAccessKeyId(prefix, accountId, bytesOf(seed))
        assert.match(id, /^(AKIA|ASIA)[A-Z2-7]{16}$/)
        assert.ok(id.startsWith(prefix))
        assert.equal(accountIdOfAccessKey(id), accountId)
      }),
      { numRuns: 1000 },
    )
  })

  test('published access key ids give the accounts that were published with them', () => {
    // Published by the research that ids.ts cites, with the account numbers that AWS answered.
    assert.equal(accountIdOfAccessKey('ASIAY34FZKBOKMUTVV7A'), '609629065308')
    assert.equal(accountIdOfAccessKey('ASIAQNZGKIQY56JQ7WML'), '029608264753')
  })

  test('what follows the account number does not change the account', () => {
    fc.assert(
      fc.property(accountIds, seeds, seeds, (accountId, one, other) => {
        const ids = [one, other].map((seed) => newAccessKeyId('AKIA', accountId, bytesOf(seed)))
        assert.equal(ids[0]?.slice(0, 12), ids[1]?.slice(0, 12))
      }),
    )
  })

  test('an id from before account numbers were encoded has no account', () => {
    for (const id of ['AKIAIOSFODNN7EXAMPLE', 'AKIAJSIE27KKMHXI3BJQ', 'AKIAI44QH8DHBEXAMPLE']) {
      assert.equal(accountIdOfAccessKey(id), undefined)
    }
  })

  test('what is not an access key id has no account', () => {
    const id = newAccessKeyId('AKIA', '123456789012', randomBytes)
    for (const text of [
      '',
      id.slice(1),
      `${id}A`,
      id.toLowerCase(),
      `AIDA${id.slice(4)}`,
      `${id.slice(0, 19)}1`,
      ` ${id}`,
    ]) {
      assert.equal(accountIdOfAccessKey(text), undefined, text)
    }
  })

  test('a number above 999999999999 is no account', () => {
    assert.equal(accountIdOfAccessKey('AKIA7777777777777777'), undefined)
  })

  test('an access key id is refused for what is not an account id', () => {
    for (const accountId of ['', '12345678901', '1234567890123', '12345678901a', '-12345678901', '1e1000000000']) {
      assert.throws(() => newAccessKeyId('AKIA', accountId, randomBytes), TypeError)
    }
  })
})

suite('other identifiers', () => {
  test('a secret access key is 40 characters of base64 that hold 30 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 30, maxLength: 30 }), (bytes) => {
        const secret = newSecretAccessKey(() => bytes)
        assert.match(secret, /^[A-Za-z0-9+/]{40}$/)
        assert.deepEqual(Uint8Array.from(Buffer.from(secret, 'base64')), bytes)
      }),
    )
  })

  test('an account id is 12 digits of which the first is not 0', () => {
    fc.assert(fc.property(seeds, (seed) => assert.match(newAccountId(bytesOf(seed)), /^[1-9]\d{11}$/)))
  })

  test('the smallest and the largest random numbers give account ids', () => {
    assert.equal(
      newAccountId((length) => new Uint8Array(length)),
      '100000000000',
    )
    assert.match(
      newAccountId((length) => new Uint8Array(length).fill(255)),
      /^[1-9]\d{11}$/,
    )
  })
})
