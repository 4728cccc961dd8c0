import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeCertificate } from '../../test/credentials/certificates.ts'
import { NOON } from '../../test/world.ts'
import { isSignedBy, parseCertificate, publicKeyOf } from './certificate.ts'
import { checkServerCertificate } from './server-certificate.ts'

interface RsaJwk {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
}

test('no change of a byte of a certificate makes the reading of it throw, or its chain hold', () => {
  const authority = makeCertificate('Authority', { isAuthority: true })
  const leaf = makeCertificate('leaf', { issuer: authority })
  const der = Buffer.from(leaf.certificatePem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  fc.assert(
    fc.property(fc.nat({ max: der.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(der)
      changed[at] = (changed[at] ?? 0) ^ change
      const body = `-----BEGIN CERTIFICATE-----\n${changed.toString('base64')}\n-----END CERTIFICATE-----`
      const parts = { body, privateKey: leaf.privateKeyPem, chain: authority.certificatePem }
      assert.notEqual(checkServerCertificate(parts, NOON).kind, 'sound')
    }),
    { numRuns: 300 },
  )
})

test('a key that is slow to compute with is no key: RSA of too many bits or with a long exponent', () => {
  const jwk = (bits: number, exponent: Buffer): RsaJwk => {
    const modulus = Buffer.alloc(bits / 8, 0xff)
    return { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') }
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = { name: 'Issuer', privateKey }
  const usable = (key: RsaJwk): boolean => {
    const publicKey = createPublicKey({ key, format: 'jwk' })
    const certificate = parseCertificate(
      makeCertificate('x', { keys: { publicKey, privateKey }, issuer }).certificatePem,
    )
    assert(certificate !== undefined)
    return publicKeyOf(certificate) !== undefined
  }
  assert.equal(usable(jwk(4096, Buffer.of(1, 0, 1))), true)
  assert.equal(usable(jwk(4104, Buffer.of(1, 0, 1))), false)
  assert.equal(usable(jwk(2048, Buffer.of(1, 0, 0, 0, 1))), false)
})

test('an issuer signs only what names it, and only with its own key', () => {
  const authority = makeCertificate('Authority', { isAuthority: true })
  const read = (pem: string): NonNullable<ReturnType<typeof parseCertificate>> => {
    const certificate = parseCertificate(pem)
    assert(certificate !== undefined)
    return certificate
  }
  const signed = read(makeCertificate('leaf', { issuer: authority }).certificatePem)
  const renamed = { name: 'Somebody', privateKey: authority.privateKey }
  assert.equal(isSignedBy(signed, read(authority.certificatePem)), true)
  assert.equal(
    isSignedBy(read(makeCertificate('leaf', { issuer: renamed }).certificatePem), read(authority.certificatePem)),
    false,
  )
  assert.equal(isSignedBy(signed, read(makeCertificate('Authority', { isAuthority: true }).certificatePem)), false)
})
