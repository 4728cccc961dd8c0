import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PolicyKind } from '../document/policy-kind.ts'
import { checkPolicy } from './check-policy.ts'

/** A document that is right for the kind, of a size in characters without white space, and with a space for each of `spaces`. */
function documentOf(kind: PolicyKind, size: number, spaces = 0): string {
  const elements = {
    trust: { Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    endpoint: { Principal: '*', Action: '*', Resource: '*' },
    resourceControl: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
  }
  const chosen =
    kind === 'trust' || kind === 'endpoint' || kind === 'resourceControl'
      ? elements[kind]
      : { Action: '*', Resource: '*' }
  const text = JSON.stringify({ Version: '2012-10-17', Statement: { Sid: 'S', Effect: 'Allow', ...chosen } })
  return text.replace('"S"', `"${'S'.repeat(size - text.length + 1)}"`) + ' '.repeat(spaces)
}

describe('checkPolicy', () => {
  const limits: readonly (readonly [kind: PolicyKind, sizeMax: number, countsWhitespace: boolean, sentence: RegExp])[] =
    [
      ['managed', 6_144, false, /^Cannot exceed quota for PolicySize: 6144$/],
      ['boundary', 6_144, false, /^Cannot exceed quota for PolicySize: 6144$/],
      ['trust', 2_048, false, /^Cannot exceed quota for ACLSizePerRole: 2048$/],
      ['session', 2_048, true, /Value at 'policy' .* less than or equal to 2048$/],
      ['endpoint', 20_480, true, /^The Policy Document is not valid\./],
      ['serviceControl', 10_240, true, /^You have exceeded the maximum policy size\.$/],
      ['resourceControl', 5_120, true, /^You have exceeded the maximum policy size\.$/],
    ]
  for (const [kind, sizeMax, countsWhitespace, sentence] of limits) {
    it(`F-23: takes ${sizeMax} characters of a policy of the kind ${kind} and not one more`, () => {
      assert.deepEqual(errorsOf(documentOf(kind, sizeMax), kind), [])
      const [error, ...others] = errorsOf(documentOf(kind, sizeMax + 1), kind)
      assert.match(error ?? '', sentence)
      assert.deepEqual(others, [])
      assert.equal(errorsOf(documentOf(kind, sizeMax, 1), kind).length, countsWhitespace ? 1 : 0)
    })
  }

  it('says what is wrong with the text too when it is too long', () => {
    const findings = checkPolicy(`{${' '.repeat(2_048)}`, 'session')
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['TooLarge', 'InvalidJson'],
    )
  })

  it('refuses the characters that the API refuses, and says where the first is', () => {
    const [before, after] = [
      '{"Version": "2012-10-17",\n "Statement": {"Sid": "',
      '", "Effect": "Allow", "Action": "*", "Resource": "*"}}',
    ]
    const found = checkPolicy(`${before}\u20ac${after}`, 'managed')
    assert.deepEqual(
      found.map(({ code, line, column }) => [code, line, column]),
      [
        ['UnsupportedCharacter', 2, 24],
        ['MalformedSid', 2, 23],
      ],
    )
    assert.match(found[0]?.message ?? '', /^1 validation error detected: Value at 'policyDocument' failed to satisfy /)
    for (const taken of ['\u00ff', '\\u20ac']) {
      const codes = checkPolicy(`${before}${taken}${after}`, 'managed').map(({ code }) => code)
      assert.ok(!codes.includes('UnsupportedCharacter'))
    }
    assert.deepEqual(
      checkPolicy('{}\u2028', 'resource').map(({ code }) => code),
      ['InvalidJson'],
    )
  })

  it('leaves sizes that depend on more than the kind to whoever knows it', () => {
    for (const kind of ['identity', 'resource'] as const) {
      const codes = checkPolicy(documentOf('endpoint', 30_000), kind).map(({ code }) => code)
      assert.ok(!codes.includes('TooLarge'))
    }
  })
})

function errorsOf(text: string, kind: PolicyKind): readonly string[] {
  return checkPolicy(text, kind)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message)
}
