import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parsePolicy } from '../document/parse-policy.ts'
import { contextKeys } from './context-keys.ts'

function keysOf(statement: object, version: string | undefined = '2012-10-17'): readonly string[] {
  const outcome = parsePolicy(
    JSON.stringify({ Version: version, Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', ...statement } }),
  )
  return outcome.ok ? contextKeys(outcome.document) : assert.fail(outcome.findings[0]?.detail)
}

describe('contextKeys', () => {
  it('keeps the spelling, and names a spelling once', () => {
    const Condition = {
      StringEquals: { 'AWS:username': ['a', 'b'], 's3:prefix': 'x' },
      StringLike: { 's3:prefix': 'y', 'aws:UserName': 'z' },
      ForAnyValue: {},
    }
    const { ForAnyValue: _, ...conditions } = Condition
    assert.deepEqual(keysOf({ Condition: conditions }), ['AWS:username', 's3:prefix', 'aws:UserName'])
  })

  it('names variables of resources and of conditions, with a default or without', () => {
    const Resource = ['arn:aws:s3:::home/${aws:username}/*', "arn:aws:s3:::${aws:PrincipalTag/team, 'none'}"]
    const Condition = { StringLike: { 's3:prefix': ['${aws:userid}/${saml:sub}', 'plain'] } }
    assert.deepEqual(keysOf({ Resource, Condition }), [
      'aws:username',
      'aws:PrincipalTag/team',
      's3:prefix',
      'aws:userid',
      'saml:sub',
    ])
    assert.deepEqual(keysOf({ Resource: undefined, NotResource: 'arn:aws:s3:::${aws:username}' }), ['aws:username'])
  })

  it('names the escapes, and nothing for braces that name nothing', () => {
    assert.deepEqual(keysOf({ Resource: 'arn:aws:s3:::${*}${?}${$}/${}' }), ['*', '?', '$'])
    assert.deepEqual(keysOf({ Resource: ['arn:aws:s3:::a${open', 'arn:aws:s3:::b$c}'] }), [])
  })

  it('names no variable of an action or a principal', () => {
    assert.deepEqual(keysOf({ Action: 's3:${aws:username}', Principal: { AWS: '${aws:userid}' } }), [])
  })

  it('names no variable in version 2008-10-17, which has none, but the keys of conditions', () => {
    const Resource = 'arn:aws:s3:::${aws:username}'
    const Condition = { StringEquals: { 's3:prefix': '${aws:userid}' } }
    for (const version of ['2008-10-17', undefined])
      assert.deepEqual(keysOf({ Resource, Condition }, version ?? '2008-10-17'), ['s3:prefix'])
  })
})
