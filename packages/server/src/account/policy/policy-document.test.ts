import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '@iamd/wire'
import fc from 'fast-check'
import { assertStorable, policyDocumentView } from './policy-document.ts'

const error = (code: string, message: string): Fault => new Fault(code, message, { status: 400 })

test('an encoded document has only the characters that RFC 3986 leaves bare, and decodes to itself', () => {
  const unit = fc.integer({ min: 1, max: 0xff }).map((code) => String.fromCharCode(code))
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const encoded = policyDocumentView(text)
      assert.match(encoded, /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*$/)
      assert.equal(decodeURIComponent(encoded), text)
    }),
  )
})

test('a document is refused with the first error, and never for a warning', () => {
  const statement = { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }
  // Passing every role to every service is advised against, and AWS stores it.
  const open = JSON.stringify({ Version: '2012-10-17', Statement: statement })
  assertStorable(open, { kind: 'identity', error })
  assertStorable(open, { kind: 'managed', error })
  const faulty = JSON.stringify({ Statement: [{ ...statement, Principal: '*', Sid: 'a b' }] })
  const refusal = { code: 'MalformedPolicyDocument', message: 'Policy document should not specify a principal.' }
  assert.throws(() => assertStorable(faulty, { kind: 'identity', error }), refusal)
})

test('what is no policy at all is refused in the words of its kind', () => {
  const refused = (message: string): object => ({ code: 'MalformedPolicyDocument', message })
  assert.throws(() => assertStorable('{', { kind: 'managed', error }), refused('Syntax errors in policy.'))
  assert.throws(() => assertStorable('{', { kind: 'trust', error }), refused('This policy contains invalid Json'))
  assert.throws(
    () => assertStorable('{', { kind: 'session', error }),
    refused('The policy is not in the valid JSON format.'),
  )
})

test('a managed policy must say its version, an inline policy need not', () => {
  const old = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } })
  assertStorable(old, { kind: 'identity', error })
  assert.throws(() => assertStorable(old, { kind: 'managed', error }), {
    code: 'MalformedPolicyDocument',
    message: 'Policy document must be version 2012-10-17 or greater.',
  })
})
