import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeSshKey, sshStrings } from '../../test/credentials/certificates.ts'
import { parseSshPublicKey, sshFingerprint, sshPublicKeyText } from './ssh-public-key.ts'

const EXPONENT = Buffer.of(1, 0, 1)
const [, MATERIAL = ''] = makeSshKey('known').split(' ')
/** As in the key: with the zero byte that keeps it positive. */
const MODULUS = Buffer.from(MATERIAL, 'base64').subarray(-257)

function kindOf(...strings: readonly (string | Buffer)[]): string {
  return parseSshPublicKey(`ssh-rsa ${sshStrings(...strings)}`).kind
}

test('a key is read from its line whatever white space, comment or line end is around it', () => {
  const sound = { kind: 'sound', encoding: 'SSH', material: MATERIAL }
  for (const line of [
    `ssh-rsa ${MATERIAL}`,
    `\n ssh-rsa \t${MATERIAL}\r\n`,
    `ssh-rsa ${MATERIAL} bob@example.com with spaces`,
    `ssh-rsa ${MATERIAL}\tcomment`,
  ]) {
    assert.deepEqual(parseSshPublicKey(line), sound)
  }
})

test('a key is invalid when its numbers are not in their shortest form, negative, even, or not the only content', () => {
  assert.equal(kindOf('ssh-rsa', EXPONENT, MODULUS), 'sound')
  const even = Buffer.from(MODULUS)
  even[256] = 2
  const wrong: readonly (readonly (string | Buffer)[])[] = [
    ['ssh-rsa', EXPONENT, MODULUS.subarray(1)],
    ['ssh-rsa', EXPONENT, Buffer.concat([Buffer.of(0), MODULUS])],
    ['ssh-rsa', Buffer.concat([Buffer.of(0), EXPONENT]), MODULUS],
    ['ssh-rsa', EXPONENT, even],
    ['ssh-rsa', Buffer.of(2), MODULUS],
    ['ssh-rsa', Buffer.of(), MODULUS],
    ['ssh-rsa', Buffer.of(0), MODULUS],
    ['ssh-rsa', EXPONENT, MODULUS, 'more'],
    ['ssh-rsa', EXPONENT],
    ['ssh-dss', EXPONENT, MODULUS],
  ]
  for (const strings of wrong) assert.equal(kindOf(...strings), 'invalid', JSON.stringify(strings))
})

test('a key is invalid when its base64 is cut, has bits to spare, or goes on after its end', () => {
  const whole = Buffer.from(MATERIAL, 'base64')
  for (const bytes of [whole.subarray(0, -1), Buffer.concat([whole, Buffer.of(0, 0)])]) {
    assert.equal(parseSshPublicKey(`ssh-rsa ${bytes.toString('base64')}`).kind, 'invalid')
  }
  for (const text of [MATERIAL.slice(0, -1), `${MATERIAL}=`, MATERIAL.replace('A', '-')]) {
    assert.equal(parseSshPublicKey(`ssh-rsa ${text}`).kind, 'invalid')
  }
})

test('a key is invalid one step below the smallest size and above the largest', () => {
  for (const [bits, kind] of [
    [2040, 'invalid'],
    [2048, 'sound'],
    [16384, 'sound'],
    [16392, 'invalid'],
  ] as const) {
    assert.equal(parseSshPublicKey(makeSshKey('sized', { bits })).kind, kind, String(bits))
  }
})

test('what is read is written and read again as the same key, in both encodings', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('SSH', 'PEM'), (seed, encoding) => {
      const [, material = ''] = makeSshKey(seed).split(' ')
      const found = parseSshPublicKey(sshPublicKeyText(material, encoding))
      assert.deepEqual(found, { kind: 'sound', encoding, material })
      assert.match(sshFingerprint(material), /^[0-9a-f]{2}(?::[0-9a-f]{2}){15}$/)
    }),
    { numRuns: 20 },
  )
})

test('no text makes the reading of a key throw', () => {
  const pemLike = fc.string().map((inner) => `-----BEGIN PUBLIC KEY-----\n${inner}\n-----END PUBLIC KEY-----`)
  const lineLike = fc.uint8Array().map((bytes) => `ssh-rsa ${Buffer.from(bytes).toString('base64')}`)
  fc.assert(
    fc.property(fc.oneof(fc.string(), pemLike, lineLike), (text) => {
      assert.notEqual(parseSshPublicKey(text).kind, 'sound')
    }),
  )
})
