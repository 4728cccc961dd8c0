import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { USER, userWith } from '../../test/build-policies.ts'
import { contextOf } from '../../test/decision-cases.ts'
import { explain } from './explain.ts'
import type { StatementExplanation } from './statement-explanation.ts'

const CONTEXT = { 'aws:username': 'al*ce', 'aws:SourceIp': '192.0.2.1', 'aws:TagKeys': ['a', 'b'] }
const REQUEST = { principal: USER, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: contextOf(CONTEXT) }

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
})

function explanationsOf(statements: readonly object[]): readonly StatementExplanation[] {
  const { sources } = explain(REQUEST, userWith({ Version: '2012-10-17', Statement: statements }))
  return sources.flatMap((source) => source.statements)
}
