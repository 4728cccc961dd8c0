/** Arbitrary policies and requests in a small world, so that they meet often. */
import fc from 'fast-check'
import type { AccessRequest, ContextValue } from '../src/index.ts'
import { USER } from './build-policies.ts'
import { contextOf } from './decision-cases.ts'

export type StatementSource = Readonly<Record<string, unknown>>

const ACTIONS = [
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  'S3:getobject',
  's3:PutObject',
  'iam:*',
  'iam:?etUser',
  'iam:GetUser',
  'kms:Decrypt',
]
const RESOURCES = [
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/alice',
  'arn:aws:s3:::b/${aws:username}',
  "arn:aws:s3:::b/${aws:PrincipalTag/team, 'alice'}",
  'arn:aws:s3:::b/?????',
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::111122223333:user/alice',
]
const CONDITIONS: readonly (readonly [operator: string, key: string, values: readonly string[]])[] = [
  ['StringEquals', 'aws:username', ['alice', 'bob']],
  ['StringNotEquals', 'aws:username', ['bob']],
  ['StringLikeIfExists', 'aws:PrincipalTag/team', ['r*']],
  ['StringEquals', 'aws:PrincipalTag/team', ['${aws:username}']],
  ['StringNotEqualsIgnoreCase', 'aws:PrincipalTag/team', ['RED']],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b']],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['a']],
  ['StringEquals', 'aws:TagKeys', ['a']],
  ['Null', 'aws:TagKeys', ['true']],
  ['Null', 'aws:username', ['false']],
  ['Bool', 'aws:SecureTransport', ['true']],
  ['BoolIfExists', 'aws:SecureTransport', ['false']],
  ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '2001:db8::/32']],
  ['NotIpAddress', 'aws:SourceIp', ['10.0.0.0/8']],
  ['NumericLessThan', 's3:max-keys', ['10']],
  ['NumericNotEquals', 's3:max-keys', ['10']],
  ['DateGreaterThan', 'aws:CurrentTime', ['2026-01-01']],
  ['ArnLike', 'aws:SourceArn', ['arn:aws:s3:::*']],
  ['ArnNotLike', 'aws:SourceArn', ['arn:aws:s3:::b', 'nonsense']],
]

export const actionLists: fc.Arbitrary<readonly string[]> = fc.subarray(ACTIONS, { minLength: 1, maxLength: 3 })
export const resourceLists: fc.Arbitrary<readonly string[]> = fc.subarray(RESOURCES, { minLength: 1, maxLength: 3 })

const conditionBlocks = fc.subarray([...CONDITIONS], { maxLength: 2 }).map((list) => {
  const blocks: Record<string, Record<string, readonly string[]>> = {}
  for (const [operator, key, values] of list) blocks[operator] = { ...blocks[operator], [key]: values }
  return blocks
})

/** A statement of either effect, with elements or their complements. */
export function statements(
  effect: fc.Arbitrary<'Allow' | 'Deny'> = fc.constantFrom('Allow', 'Deny'),
): fc.Arbitrary<StatementSource> {
  return fc
    .record({
      effect,
      action: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), actionLists),
      resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), resourceLists),
      condition: conditionBlocks,
    })
    .map(({ effect: Effect, action, resource, condition: Condition }) => ({
      Effect,
      [action[0]]: action[1],
      [resource[0]]: resource[1],
      Condition,
    }))
}

const optional = <Value extends ContextValue>(...values: readonly Value[]): fc.Arbitrary<Value | undefined> =>
  fc.constantFrom(undefined, ...values)

const contexts = fc
  .record({
    'aws:username': optional('alice', 'bob', '*'),
    'aws:PrincipalTag/team': optional('red', 'alice', '*', ''),
    'aws:TagKeys': optional<ContextValue>([], ['a'], ['a', 'b'], ['c']),
    'aws:SecureTransport': optional('true', 'false'),
    'aws:SourceIp': optional('10.1.2.3', '192.0.2.1', '2001:db8::1', 'nonsense'),
    's3:max-keys': optional('5', '10', 'many'),
    'aws:CurrentTime': optional('2026-06-01T00:00:00Z', '2025-06-01T00:00:00Z'),
    'aws:SourceArn': optional('arn:aws:s3:::b', 'arn:aws:sqs:::q', 'nonsense'),
  })
  .map((values) => {
    const known: Record<string, ContextValue> = {}
    for (const [key, value] of Object.entries(values)) if (value !== undefined) known[key] = value
    return contextOf(known)
  })

export const requests: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constant(USER),
  action: fc.constantFrom(
    's3:GetObject',
    's3:PutObject',
    'iam:GetUser',
    'IAM:getuser',
    'kms:Decrypt',
    'other:Thing',
    'nothing',
  ),
  resource: fc.constantFrom(
    'arn:aws:s3:::b/alice',
    'arn:aws:s3:::b/bob',
    'arn:aws:iam::111122223333:user/alice',
    '*',
    'arn:aws:s3:::b/*',
  ),
  context: contexts,
})
