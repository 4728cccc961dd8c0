import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Question } from '../../reference/question.ts'
import { USER, userWith } from '../../test/build-policies.ts'
import { explainQuestion } from '../../test/engine-answer.ts'
import { contextOf } from '../context/context-of.ts'
import { explain } from './explain.ts'
import type { StatementExplanation } from './statement-explanation.ts'

const CONTEXT = { 'aws:username': 'al*ce', 'aws:SourceIp': '192.0.2.1', 'aws:TagKeys': ['a', 'b'] }
const REQUEST = { principal: USER, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: contextOf(CONTEXT) }

const ROLE = {
  kind: 'roleSession',
  accountId: '123456789012',
  arn: 'arn:aws:sts::123456789012:assumed-role/dev/ann',
  roleArn: 'arn:aws:iam::123456789012:role/dev',
  roleId: 'AROADEV',
} as const

describe('explain', () => {
  it('says of each statement what is in its way', () => {
    const office = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }
    const statements = [
      { Effect: 'Allow', Action: 's3:Put*', Resource: '*' },
      { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::c/*' },
      { Effect: 'Allow', Action: 's3:Get*', Resource: '*', Condition: office },
      { Effect: 'Deny', Action: 'ec2:*', Resource: 'arn:aws:s3:::c/*', Condition: office },
      { Effect: 'Allow', Action: 's3:Get*', Resource: '*' },
    ]
    const { decision } = explain(REQUEST, userWith({ Version: '2012-10-17', Statement: statements }))
    assert.equal(decision.statement?.index, 4)
    assert.deepEqual(
      explanationsOf(statements).map(({ failed }) => failed),
      [['action'], ['resource'], ['condition'], ['action', 'resource', 'condition'], []],
    )
  })

  it('shows which condition fails, with the values on both sides', () => {
    const condition = {
      IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '172.16.0.0/12'] },
      StringEquals: { 'aws:PrincipalTag/team': 'red' },
      'ForAnyValue:StringLike': { 'aws:TagKeys': 'a*' },
    }
    const [explanation] = explanationsOf([{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: condition }])
    const fixed = (text: string) => ({ text, resolved: text })
    assert.deepEqual(explanation?.conditions, [
      {
        operator: 'IpAddress',
        key: 'aws:SourceIp',
        operands: [fixed('10.0.0.0/8'), fixed('172.16.0.0/12')],
        value: '192.0.2.1',
        holds: false,
      },
      {
        operator: 'StringEquals',
        key: 'aws:PrincipalTag/team',
        operands: [fixed('red')],
        value: undefined,
        holds: false,
      },
      {
        operator: 'ForAnyValue:StringLike',
        key: 'aws:TagKeys',
        operands: [fixed('a*')],
        value: ['a', 'b'],
        holds: true,
      },
    ])
  })

  it('shows what variables stand for, in the syntax of the language', () => {
    const [explanation] = explanationsOf([
      {
        Effect: 'Allow',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/${aws:userid}', 'arn:aws:s3:::b/*'],
        Condition: { StringLike: { 's3:prefix': "${aws:userid, 'none'}?" } },
      },
    ])
    assert.deepEqual(explanation?.resource, {
      matches: true,
      isComplement: false,
      patterns: [
        { text: 'arn:aws:s3:::b/${aws:username}/*', resolved: 'arn:aws:s3:::b/al${*}ce/*' },
        { text: 'arn:aws:s3:::b/${aws:userid}', resolved: undefined },
        { text: 'arn:aws:s3:::b/*', resolved: 'arn:aws:s3:::b/*' },
      ],
    })
    assert.deepEqual(explanation.conditions[0]?.operands, [{ text: "${aws:userid, 'none'}?", resolved: 'none?' }])
  })

  it('leaves variables as they are where the version has none', () => {
    const statement = {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::${aws:username}',
      Condition: { StringEquals: { a: '${aws:username}' } },
    }
    const [explanation] = explain(REQUEST, userWith({ Statement: statement })).sources[0]?.statements ?? []
    assert.equal(explanation?.resource?.patterns[0]?.resolved, 'arn:aws:s3:::${aws:username}')
    assert.equal(explanation.conditions[0]?.operands[0]?.resolved, '${aws:username}')
  })

  it('says what is a complement', () => {
    const [explanation] = explanationsOf([{ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::b/k' }])
    assert.deepEqual(
      [
        explanation?.action.isComplement,
        explanation?.action.matches,
        explanation?.resource?.isComplement,
        explanation?.resource?.matches,
      ],
      [true, true, true, false],
    )
  })

  it('says of every source what it says, levels from the root of the organization, in the order of naming', () => {
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' }
    const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' }
    const { sources } = explainQuestion({
      request: { caller: ROLE, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: {} },
      policies: {
        identity: [{ Statement: [allow, deny] }],
        boundary: { Statement: allow },
        session: [],
        serviceControl: [[{ Statement: allow }], [{ Statement: deny }]],
        resourceControl: [[{ Statement: { ...allow, Principal: '*' } }]],
        resource: { Statement: { ...allow, Principal: { AWS: ROLE.roleArn } } },
        endpoint: { Statement: { ...allow, Principal: '*', Action: 'ec2:*' } },
      },
    })
    assert.deepEqual(
      sources.map(({ source, level, verdict, grade }) => [source, level, verdict, grade]),
      [
        ['resourceControl', 0, 'allow', 4],
        ['serviceControl', 0, 'allow', 4],
        ['serviceControl', 1, 'deny', 4],
        ['endpoint', undefined, 'none', 0],
        ['resource', undefined, 'allow', 2],
        ['identity', undefined, 'deny', 4],
        ['boundary', undefined, 'allow', 4],
        ['session', undefined, 'none', 0],
      ],
    )
  })

  it('leaves out what has no say: control policies for a service-linked role, all but the resource for a service', () => {
    const policies = {
      identity: [],
      boundary: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      serviceControl: [[]],
      resourceControl: [[]],
      resource: { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } },
    }
    const sourcesFor = (caller: Question['request']['caller']): readonly string[] => {
      const request = { caller, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: {} }
      return explainQuestion({ request, policies }).sources.map(({ source }) => source)
    }
    assert.deepEqual(sourcesFor({ ...ROLE, isServiceLinked: true }), ['resource', 'identity', 'boundary'])
    assert.deepEqual(sourcesFor({ kind: 'service', name: 'ec2.amazonaws.com' }), ['resourceControl', 'resource'])
    assert.deepEqual(sourcesFor({ kind: 'root', accountId: ROLE.accountId }), [
      'resourceControl',
      'serviceControl',
      'resource',
      'boundary',
    ])
  })

  it('says how closely a statement names the principal, or that it does not', () => {
    const named = (principal: object) => ({ Effect: 'Allow', ...principal, Action: '*', Resource: '*' })
    const statements = [
      named({ Principal: { AWS: ROLE.accountId } }),
      named({ Principal: { AWS: 'arn:aws:iam::123456789012:role/other' } }),
      named({ NotPrincipal: { AWS: ROLE.roleArn } }),
    ]
    const { sources } = explainQuestion({
      request: { caller: ROLE, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: {} },
      policies: { resource: { Statement: statements } },
    })
    assert.deepEqual(
      sources[0]?.statements.map(({ principal, failed }) => ({ ...principal, failed })),
      [
        { matches: true, isComplement: false, grade: 1, failed: [] },
        { matches: false, isComplement: false, grade: 0, failed: ['principal'] },
        { matches: false, isComplement: true, grade: 0, failed: ['principal'] },
      ],
    )
  })

  it('knows what nearly applies: one obstacle, and for an action one of the same service', () => {
    const statements = explanationsOf([
      { Effect: 'Allow', Action: 's3:Put*', Resource: '*' },
      { Effect: 'Allow', Action: 'ec2:*', Resource: '*' },
      { Effect: 'Allow', NotAction: 's3:*', Resource: '*' },
      { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::c' },
      { Effect: 'Allow', Action: 's3:Put*', Resource: 'arn:aws:s3:::c' },
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    ])
    assert.deepEqual(
      statements.map(({ nearlyApplies }) => nearlyApplies),
      [true, false, false, true, false, false],
    )
  })

  it('asks nothing of a statement until it is read: once for what is in its way, and once for how it reads', () => {
    const asked: string[] = []
    const context = { get: (key: string) => void asked.push(key) }
    const condition = { StringEquals: { 'aws:username': 'ann' } }
    const policies = userWith({
      Statement: { Effect: 'Allow', Action: 's3:Put*', Resource: '*', Condition: condition },
    })
    const [statement] = explain({ ...REQUEST, context }, policies).sources[0]?.statements ?? []
    assert.deepEqual(asked, [])
    assert.deepEqual([statement?.failed, statement?.applies], [['action', 'condition'], false])
    assert.deepEqual(asked, ['aws:username'])
    assert.equal(statement?.conditions.length, 1)
    assert.deepEqual(asked, ['aws:username', 'aws:username', 'aws:username'])
    assert.deepEqual([statement.failed, statement.resource?.matches], [['action', 'condition'], true])
    assert.equal(asked.length, 3)
  })
})

function explanationsOf(statements: readonly object[]): readonly StatementExplanation[] {
  const { sources } = explain(REQUEST, userWith({ Version: '2012-10-17', Statement: statements }))
  return sources.flatMap((source) => source.statements)
}
