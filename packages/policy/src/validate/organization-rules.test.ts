import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findingsOf, sentencesOf } from '../../test/findings-of.ts'

const SENTENCE = 'The provided policy document does not meet the requirements of the specified policy type.'

type Elements = Readonly<Record<string, unknown>>

function controlOfServices(elements: Elements): object {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...elements }
}

function controlOfResources(elements: Elements): object {
  return { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', ...elements }
}

describe('validatePolicy of a service control policy', () => {
  const refused: readonly (readonly [name: string, elements: Elements])[] = [
    ['a Principal', { Principal: '*' }],
    ['a NotPrincipal', { Effect: 'Deny', NotPrincipal: '*' }],
    ['F-12: no Action', { Action: undefined }],
    ['F-12: no Resource', { Resource: undefined }],
    ['an action without a service', { Action: 'RunInstances' }],
    ['a resource that is no ARN', { Resource: 'bucket' }],
    ['an Effect in another case', { Effect: 'deny' }],
    ['a date that is none', { Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } }],
  ]
  for (const [name, elements] of refused) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(sentencesOf('serviceControl', controlOfServices(elements)), [SENTENCE])
    })
  }

  const taken: readonly (readonly [name: string, elements: Elements])[] = [
    ['an Allow with a Condition', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }],
    ['an Allow of resources', { Resource: 'arn:aws:s3:::b/*' }],
    ['an Allow with NotAction', { Action: undefined, NotAction: 'iam:*' }],
    ['a NotResource', { Resource: undefined, NotResource: 'arn:aws:s3:::b' }],
    ['wildcards anywhere', { Action: ['ec2:*Instances', 's3:?et*'] }],
  ]
  for (const [name, elements] of taken) {
    it(`lets ${name} be stored`, () => {
      assert.deepEqual(sentencesOf('serviceControl', controlOfServices(elements)), [])
    })
  }
})

describe('validatePolicy of a resource control policy', () => {
  const refused: readonly (readonly [name: string, elements: Elements])[] = [
    ['an Allow', { Effect: 'Allow' }],
    ['every action of every service', { Action: '*' }],
    ['an action of a service without support', { Action: ['s3:*', 'iam:GetUser'] }],
    ['NotAction', { Action: undefined, NotAction: 's3:GetObject' }],
    ['NotPrincipal', { Principal: undefined, NotPrincipal: { AWS: '*' } }],
    ['a named principal', { Principal: { AWS: '111122223333' } }],
    ['a list of principals', { Principal: { AWS: ['*', '111122223333'] } }],
    ['a service', { Principal: { Service: 'ec2.amazonaws.com' } }],
    ['no Principal', { Principal: undefined }],
    ['no Resource', { Resource: undefined }],
  ]
  for (const [name, elements] of refused) {
    it(`refuses ${name}`, () => {
      const sentences = new Set(sentencesOf('resourceControl', controlOfResources(elements)))
      assert.deepEqual([...sentences], [SENTENCE])
    })
  }

  const taken: readonly (readonly [name: string, elements: Elements])[] = [
    ['everyone as an AWS principal', { Principal: { AWS: '*' } }],
    ['NotResource', { Resource: undefined, NotResource: 'arn:aws:s3:::b' }],
    ['actions of services with support', { Action: ['S3:GetObject', 'sts:*', 'kms:Decrypt'] }],
    ['an action that does not exist', { Action: 's3:Nothing' }],
  ]
  for (const [name, elements] of taken) {
    it(`lets ${name} be stored`, () => {
      assert.deepEqual(sentencesOf('resourceControl', controlOfResources(elements)), [])
    })
  }

  it('takes an older version and none, as observed', () => {
    for (const Version of ['2008-10-17', undefined]) {
      const errors = findingsOf({ Version, Statement: controlOfResources({}) }, 'resourceControl').filter(
        ({ severity }) => severity === 'error',
      )
      assert.deepEqual(errors, [])
    }
  })
})
