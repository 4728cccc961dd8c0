import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findingsOf } from '../../../test/findings-of.ts'
import type { PolicyKind } from '../../document/policy-kind.ts'

type Elements = Readonly<Record<string, unknown>>

const PLAIN: Readonly<Record<'identity' | 'trust' | 'resource', Elements>> = {
  identity: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
  trust: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
  resource: {
    Effect: 'Allow',
    Principal: { AWS: '111122223333' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  },
}

/** A statement but for what is given; undefined leaves an element out. */
function documentOf(kind: keyof typeof PLAIN, elements: Elements): object {
  return { Version: '2012-10-17', Statement: { ...PLAIN[kind], ...elements } }
}

function codesOf(source: unknown, kind: PolicyKind): readonly string[] {
  return findingsOf(source, kind).map(({ code, severity }) => (severity === 'warning' ? code : `error ${code}`))
}

const OIDC = 'arn:aws:iam::111122223333:oidc-provider/idp.example.com'
const WEB_IDENTITY = { Principal: { Federated: OIDC }, Action: 'sts:AssumeRoleWithWebIdentity' }

const ACCOUNT = '111122223333'
const USER = `arn:aws:iam::${ACCOUNT}:user/u`
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`

function sparing(...AWS: readonly string[]): Elements {
  return { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS } }
}

describe('validatePolicy, warnings', () => {
  const advised: readonly (readonly [code: string, kind: keyof typeof PLAIN, elements: Elements])[] = [
    ['MalformedVariable', 'identity', { Resource: 'arn:aws:s3:::b/${ aws:username }' }],
    ['MalformedVariable', 'identity', { Resource: 'arn:aws:s3:::b/${aws:username' }],
    ['MalformedVariable', 'identity', { Condition: { StringLike: { 's3:prefix': '${aws:TagKeys}' } } }],
    ['MisplacedVariable', 'identity', { Resource: 'arn:aws:iam::${aws:PrincipalAccount}:user/x' }],
    ['UnknownOperator', 'identity', { Condition: { StringEqual: {} } }],
    ['EmptyCondition', 'identity', { Condition: { StringEquals: {} } }],
    ['EmptyCondition', 'identity', { Condition: { StringEquals: { 'aws:username': [] } } }],
    ['UnknownGlobalKey', 'identity', { Condition: { StringEquals: { 'aws:UserName1': 'a' } } }],
    ['UnknownGlobalKey', 'identity', { Condition: { StringEquals: { 'aws:PrincipalTags/a': 'a' } } }],
    ['UnfittingOperator', 'identity', { Condition: { StringEquals: { 'aws:SourceIp': '10.0.0.1' } } }],
    ['UnfittingOperator', 'identity', { Condition: { StringEquals: { 'aws:SecureTransport': 'true' } } }],
    ['UnfittingOperator', 'identity', { Condition: { StringLike: { 'aws:CurrentTime': '2026' } } }],
    ['MissingQualifier', 'identity', { Condition: { StringEquals: { 'aws:TagKeys': 'a' } } }],
    ['ForAllValuesWithoutNull', 'identity', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } } }],
    ['IfExistsInAllow', 'identity', { Condition: { StringEqualsIfExists: { 'aws:username': 'a' } } }],
    [
      'MfaWithoutIfExists',
      'identity',
      { Effect: 'Deny', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
    ],
    ['WildcardInEquals', 'identity', { Condition: { StringNotEquals: { 's3:prefix': 'home/*' } } }],
    ['AllowWithNotAction', 'identity', { Action: undefined, NotAction: 'iam:*' }],
    ['AllowWithNotResource', 'identity', { Resource: undefined, NotResource: 'arn:aws:s3:::b' }],
    ['AllowWithNotAction', 'resource', { Action: undefined, NotAction: 's3:PutObject' }],
    ['PassRoleToEverything', 'identity', { Action: ['ec2:*', 'iam:PassRole'], Resource: ['*'] }],
    ['PassRoleToEverything', 'identity', { Action: 'IAM:pass*', Resource: '*' }],
    ['RedundantValue', 'identity', { Action: ['s3:GetObject', 'S3:getobject'] }],
    ['RedundantValue', 'identity', { Action: ['s3:GetObject', 's3:Get*'] }],
    ['RedundantValue', 'identity', { Action: ['s3:G?tObject', 's3:*'] }],
    ['RedundantValue', 'identity', { Resource: ['arn:aws:s3:::b/*', '*'] }],
    [
      'RedundantValue',
      'identity',
      { Effect: 'Deny', Resource: undefined, NotResource: ['arn:aws:s3:::b', 'arn:aws:s3:::b'] },
    ],
    ['AllowsEveryone', 'trust', { Principal: { AWS: '*' } }],
    ['AllowsEveryone', 'resource', { Principal: '*' }],
    ['MalformedOperand', 'resource', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }],
    ['MalformedOperand', 'trust', { Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } }],
    ['SparedInPart', 'resource', sparing(USER)],
    ['SparedInPart', 'resource', sparing(ACCOUNT, SESSION)],
    ['ServiceWithoutSource', 'resource', { Principal: { Service: 'sns.amazonaws.com' } }],
    ['WebIdentityWithoutSubject', 'trust', WEB_IDENTITY],
    [
      'WebIdentityWithoutSubject',
      'trust',
      { ...WEB_IDENTITY, Condition: { StringEquals: { 'idp.example.com:aud': 'sts.amazonaws.com' } } },
    ],
  ]
  for (const [code, kind, elements] of advised) {
    it(`F-02, F-03: warns with ${code} of ${JSON.stringify(elements)}`, () => {
      assert.deepEqual(codesOf(documentOf(kind, elements), kind), [code])
    })
  }

  it('F-07: warns of a missing version, and of variables where the version has none', () => {
    const { Statement } = { Statement: { ...PLAIN.identity, Resource: 'arn:aws:s3:::b/${aws:username}' } }
    assert.deepEqual(codesOf({ Statement }, 'identity'), ['MissingVersion', 'VariableInOldVersion'])
    assert.deepEqual(codesOf({ Version: '2008-10-17', Statement }, 'identity'), ['VariableInOldVersion'])
  })

  it('warns of an Id where it has no meaning', () => {
    const withId = (kind: keyof typeof PLAIN): object => ({ Id: 'a', ...documentOf(kind, {}) })
    for (const kind of ['identity', 'managed', 'boundary', 'session'] as const) {
      assert.deepEqual(codesOf(withId('identity'), kind), ['UnusedId'])
    }
    assert.deepEqual(codesOf(withId('resource'), 'resource'), [])
  })

  it('says nothing of what a boundary allows, which grants nothing', () => {
    const open = documentOf('identity', { Action: ['iam:*'], Resource: '*' })
    assert.deepEqual(codesOf(open, 'managed'), ['PassRoleToEverything'])
    for (const kind of ['boundary', 'session', 'serviceControl'] as const) assert.deepEqual(codesOf(open, kind), [])
  })

  const silent: readonly (readonly [kind: keyof typeof PLAIN, elements: Elements])[] = [
    [
      'identity',
      { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'aws:tagkeys': 'false' } } },
    ],
    ['identity', { Effect: 'Deny', Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } } }],
    ['identity', { Effect: 'Deny', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }],
    ['identity', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    ['identity', { Effect: 'Deny', Action: undefined, NotAction: 'iam:*' }],
    ['identity', { Condition: { Null: { 'aws:TagKeys': 'true' } } }],
    ['identity', { Resource: 'arn:aws:s3:::b/${aws:username}/${*}' }],
    ['identity', { Condition: { StringEquals: { 'AWS:PrincipalTag/Team': 'a', 's3:prefix': '${*}' } } }],
    ['identity', { Condition: { NumericLessThan: { 'aws:EpochTime': '1' } } }],
    ['identity', { Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/app/*' }],
    [
      'identity',
      { Action: 'iam:PassRole', Resource: '*', Condition: { StringEquals: { 'iam:PassedToService': 'x' } } },
    ],
    ['identity', { Action: '*', Resource: '*' }],
    ['identity', { Action: ['s3:Get*', 's3:Put*', 's3:*Object'], Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] }],
    ['identity', { Resource: ['arn:aws:s3:::B', 'arn:aws:s3:::b'] }],
    ['trust', { Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
    ['trust', { Principal: { Service: 'ec2.amazonaws.com' } }],
    ['trust', { ...WEB_IDENTITY, Condition: { StringLike: { 'idp.example.com:SUB': 'me' } } }],
    [
      'trust',
      { Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/p' }, Action: 'sts:AssumeRoleWithSAML' },
    ],
    [
      'resource',
      { Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } } },
    ],
    ['resource', { Effect: 'Deny', Principal: '*' }],
    ['resource', sparing(ACCOUNT, USER)],
    ['resource', sparing(`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${ACCOUNT}:role/a/path/r`, SESSION)],
    ['resource', { ...sparing(), NotPrincipal: { AWS: ['*', 'AIDAABCDEFGHIJKLMNOPQ'], Service: 's3.amazonaws.com' } }],
  ]
  for (const [kind, elements] of silent) {
    it(`says nothing of ${JSON.stringify(elements)} in a policy of the kind ${kind}`, () => {
      assert.deepEqual(codesOf(documentOf(kind, elements), kind), [])
    })
  }
})
