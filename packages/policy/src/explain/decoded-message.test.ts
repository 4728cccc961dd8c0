import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { USER, userWith } from '../../test/build-policies.ts'
import { contextOf } from '../context/context-of.ts'
import type { Principal } from '../context/principal.ts'
import { decodedMessage } from './decoded-message.ts'
import { explain } from './explain.ts'

const INSTANCE = 'arn:aws:ec2:us-east-1:123456789012:instance/*'
const FENCE = {
  Sid: 'Fence',
  Effect: 'Deny',
  Action: ['ec2:Run*', 'ec2:Stop*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-2'] } },
}
const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' }
const CONTEXT = contextOf({ 'aws:RequestedRegion': 'us-east-1', 'aws:TagKeys': ['a', 'b'] })

function messageOf(statements: readonly object[], principal: Principal = USER): unknown {
  const request = { principal, action: 'ec2:RunInstances', resource: INSTANCE, context: CONTEXT }
  return JSON.parse(decodedMessage(explain(request, userWith({ Version: '2012-10-17', Statement: statements }))))
}

describe('decodedMessage', () => {
  it('names the statement that denies, with its elements and the keys that it asked for', () => {
    assert.deepEqual(messageOf([ALLOW, FENCE]), {
      allowed: false,
      explicitDeny: true,
      matchedStatements: {
        items: [
          {
            statementId: 'Fence',
            effect: 'DENY',
            principals: { items: [{ value: 'AIDAALICE' }] },
            principalGroups: { items: [] },
            actions: { items: [{ value: 'ec2:Run*' }, { value: 'ec2:Stop*' }] },
            resources: { items: [{ value: '*' }] },
            conditions: {
              items: [
                { key: 'aws:RequestedRegion', values: { items: [{ value: 'eu-west-1' }, { value: 'eu-west-2' }] } },
              ],
            },
          },
        ],
      },
      failures: { items: [] },
      context: {
        principal: { id: 'AIDAALICE', name: 'alice', arn: 'arn:aws:iam::123456789012:user/alice' },
        action: 'ec2:RunInstances',
        resource: INSTANCE,
        conditions: { items: [{ key: 'aws:RequestedRegion', values: { items: [{ value: 'us-east-1' }] } }] },
      },
    })
  })

  it('names no statement when none denies', () => {
    const message = messageOf([{ ...ALLOW, Action: 's3:*' }])
    assert.deepEqual(message, {
      allowed: false,
      explicitDeny: false,
      matchedStatements: { items: [] },
      failures: { items: [] },
      context: {
        principal: { id: 'AIDAALICE', name: 'alice', arn: 'arn:aws:iam::123456789012:user/alice' },
        action: 'ec2:RunInstances',
        resource: INSTANCE,
        conditions: { items: [] },
      },
    })
  })

  it('tells what else the host knows of the request, each key once', () => {
    const request = { principal: USER, action: 'ec2:RunInstances', resource: INSTANCE, context: CONTEXT }
    const explanation = explain(request, userWith({ Statement: [FENCE] }))
    const known = { 'AWS:requestedregion': 'us-east-1', 'ec2:Owner': [] }
    assert.deepEqual(contextIn(decodedMessage(explanation, known)).conditions, {
      items: [
        { key: 'AWS:requestedregion', values: { items: [{ value: 'us-east-1' }] } },
        { key: 'ec2:Owner', values: { items: [] } },
      ],
    })
  })

  const accountId = '123456789012'
  const sts = `arn:aws:sts::${accountId}:`
  const principals: readonly (readonly [Principal, object])[] = [
    [{ kind: 'anonymous' }, { id: 'anonymous' }],
    [
      { kind: 'root', accountId },
      { id: accountId, arn: `arn:aws:iam::${accountId}:root` },
    ],
    [
      {
        kind: 'roleSession',
        accountId,
        arn: `${sts}assumed-role/dev/ticket-1`,
        roleArn: `arn:aws:iam::${accountId}:role/team/dev`,
        roleId: 'AROADEV',
      },
      { id: 'AROADEV:ticket-1', arn: `${sts}assumed-role/dev/ticket-1` },
    ],
    [
      { kind: 'federatedUser', accountId, arn: `${sts}federated-user/bob` },
      { id: `${accountId}:bob`, arn: `${sts}federated-user/bob` },
    ],
    [{ kind: 'service', name: 'ec2.amazonaws.com' }, { id: 'ec2.amazonaws.com' }],
    [{ kind: 'federated', provider: 'accounts.google.com' }, { id: 'accounts.google.com' }],
  ]
  for (const [principal, expected] of principals) {
    it(`names the principal as its requests do: ${principal.kind}`, () => {
      const request = { principal, action: 'ec2:RunInstances', resource: INSTANCE, context: CONTEXT }
      assert.deepEqual(contextIn(decodedMessage(explain(request, {}))).principal, expected)
    })
  }
})

function contextIn(message: string): { readonly principal: unknown; readonly conditions: unknown } {
  const { context }: { readonly context: { readonly principal: unknown; readonly conditions: unknown } } =
    JSON.parse(message)
  return context
}
