import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CallFacts, requestContext } from './request-context.ts'

const facts: CallFacts = {
  principal: {
    kind: 'user',
    accountId: '123456789012',
    arn: 'arn:aws:iam::123456789012:user/Ann',
    id: 'AIDAANN',
    name: 'Ann',
    accessKeyId: 'AKIAANN',
  },
  now: new Date('2026-11-22T12:00:00Z'),
  sourceIp: '192.0.2.1',
  header: () => undefined,
  isSecureTransport: false,
  region: 'us-east-1',
}

test("a caller's tags and an operation's keys are found whatever the case of their letters", () => {
  const context = requestContext({
    facts,
    principalTags: () => [{ key: 'Team', value: 'red' }],
    operation: { 'aws:ResourceTag/Team': 'blue' },
  })
  assert.equal(context.get('aws:principaltag/team'), 'red')
  assert.equal(context.get('aws:resourcetag/team'), 'blue')
})

test('F-10: a tag key with a letter that only Unicode folds to `k` is not the key with `k`', () => {
  const context = requestContext({
    facts,
    principalTags: () => [{ key: '\u212Aind', value: 'admin' }],
    operation: { 'aws:ResourceTag/\u212Aind': 'admin' },
  })
  assert.equal(context.get('aws:principaltag/kind'), undefined)
  assert.equal(context.get('aws:resourcetag/kind'), undefined)
  assert.equal(context.get('aws:principaltag/\u212Aind'), 'admin')
})

test('a key that the server does not know is absent, whatever the caller sends', () => {
  const context = requestContext({ facts, principalTags: () => [], operation: undefined })
  assert.equal(context.get('aws:multifactorauthpresent'), undefined)
  assert.equal(context.get('aws:resourcetag/team'), undefined)
  assert.equal(context.get('aws:useragent'), undefined)
})

test('the headers that are condition keys are looked at when a condition asks for one', () => {
  const asked: string[] = []
  const header: CallFacts['header'] = (name) => {
    asked.push(name)
    return name === 'user-agent' ? 'aws-cli/2' : undefined
  }
  const context = requestContext({ facts: { ...facts, header }, principalTags: () => [], operation: undefined })
  assert.deepEqual(asked, [])
  assert.equal(context.get('aws:useragent'), 'aws-cli/2')
  assert.equal(context.get('aws:referer'), undefined)
  assert.deepEqual(asked, ['user-agent', 'referer'])
})
