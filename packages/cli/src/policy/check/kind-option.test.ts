import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { POLICY_KINDS } from '@iamd/policy'

import { kindName, kindNames, likelyKind, parseKind } from './kind-option.ts'

describe('a kind of policy on the command line', () => {
  it('has one name for each kind', () => {
    assert.deepEqual(kindNames.map(parseKind).toSorted(), [...POLICY_KINDS].toSorted())
    for (const name of kindNames) assert.equal(kindName(parseKind(name)), name)
  })

  it('is refused when there is no such kind', () => {
    for (const name of ['bucket', '', 'constructor'])
      assert.throws(() => parseKind(name), /Allowed choices are identity,/)
  })

  const likely: readonly (readonly [kind: string, text: string])[] = [
    ['identity', '{"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "*"}}'],
    ['identity', '{"Statement": {"Effect": "Allow", "Sid": "\\"Principal\\""}}'],
    ['trust', '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'],
    ['resource', '{"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "*"}, "NotResource": "*"}}'],
    ['trust', '{"Statement": {"Principal": "*", }}'],
    ['resource', '{"Statement": {"Principal": "*", "Resource": }}'],
    ['identity', 'no JSON'],
  ]
  for (const [kind, text] of likely) {
    it(`is \`${kind}\` for what looks like it: ${text}`, () => {
      assert.equal(likelyKind(text), kind)
    })
  }
})
