import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parsePolicy } from './parse-policy.ts'
import { POLICY_KINDS, type PolicyKind } from './policy-kind.ts'

const STATEMENT = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }

/** Texts with one fault, and what the parser of policies with principals says of it. */
const FAULTS: readonly (readonly [name: string, text: string, sentence: string])[] = [
  ['text that is no JSON', '{', 'This policy contains invalid Json'],
  ['too many levels', '['.repeat(30), 'This policy contains invalid Json'],
  ['an unknown version', json({ Version: '2026-01-01' }), 'The policy must contain a valid version string'],
  ['an unknown element', json({ Versoin: '2012-10-17' }), 'Unknown field Versoin'],
  ['an unknown element of a statement', json({}, { Conditon: {} }), 'Unknown field Conditon'],
  ['a missing Effect', json({}, { Effect: undefined }), 'Missing required field Effect'],
  ['a missing Statement', '{}', 'Missing required field Statement'],
  ['an empty Statement', '{"Statement": []}', 'Could not parse the policy: Statement is empty!'],
  ['an Effect that is none', json({}, { Effect: 'hello' }), 'Invalid effect: hello'],
  [
    'an operator that is none',
    json({}, { Condition: { Nonsense: { 'aws:username': 'a' } } }),
    'Invalid Condition type : Nonsense',
  ],
  ['an element and its complement', json({}, { NotAction: 'a:b' }), 'Statement/policy already has instance of Action'],
  [
    'F-17: an element twice',
    '{"Statement": [], "Statement": []}',
    'Statement/policy already has instance of Statement',
  ],
  ['a principal that is a text', '{"Statement":{"Principal":"1","Effect":"Deny"}}', 'Syntax error at position (1,28)'],
  ['a value of the wrong type', '{\n "Statement": 1}', 'Syntax error at position (2,16)'],
]

describe('syntaxSentence', () => {
  for (const [name, text, sentence] of FAULTS) {
    it(`names ${name} in policies with principals`, () => {
      assert.equal(sentenceOf(text, 'trust'), sentence)
      assert.equal(sentenceOf(text, 'resource'), sentence)
      assert.equal(sentenceOf(text, 'endpoint'), `The Policy Document is not valid. ${sentence}`)
    })

    it(`answers to ${name} with one sentence elsewhere`, () => {
      for (const kind of ['identity', 'managed', 'boundary'] as const) {
        assert.equal(sentenceOf(text, kind), 'Syntax errors in policy.')
      }
      const isJson = sentence !== 'This policy contains invalid Json'
      const session = isJson ? 'Syntax errors in policy.' : 'The policy is not in the valid JSON format.'
      assert.equal(sentenceOf(text, 'session'), session)
      for (const kind of ['serviceControl', 'resourceControl'] as const) {
        assert.equal(
          sentenceOf(text, kind),
          'The provided policy document does not meet the requirements of the specified policy type.',
        )
      }
    })
  }

  it('names the first unknown element before what is missing, as CreateRole was recorded to', () => {
    assert.equal(sentenceOf('{"probe":"malformed-not-a-trust-policy"}', 'trust'), 'Unknown field probe')
    const statement = [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } }]
    assert.equal(sentenceOf(JSON.stringify({ statement, version: '2012-10-17' }), 'trust'), 'Unknown field statement')
  })

  it('the grammar is the same for every kind', () => {
    for (const kind of POLICY_KINDS) assert.ok(parsePolicy(json({}), kind).ok, kind)
  })
})

function json(elements: object, statement: object = {}): string {
  return JSON.stringify({ Statement: { ...STATEMENT, ...statement }, ...elements })
}

function sentenceOf(text: string, kind: PolicyKind): string | undefined {
  const outcome = parsePolicy(text, kind)
  return outcome.ok ? undefined : outcome.findings[0]?.message
}
