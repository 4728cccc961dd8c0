import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findActionResources } from './action-resources.ts'

test('an action tells the template of its resources, whatever its case', () => {
  const template = 'arn:aws:s3:::${BucketName}/${KeyName}'
  for (const action of ['s3:GetObject', 'S3:gEtObJeCt', 's3:PutObject']) {
    assert.deepEqual(findActionResources(action), { template })
  }
  assert.deepEqual(findActionResources('s3:ListBucket'), { template: 'arn:aws:s3:::${BucketName}' })
  assert.deepEqual(findActionResources('iam:GetUser'), {
    template: 'arn:aws:iam::${Account}:${ResourceType}/${ResourceName}',
  })
  assert.deepEqual(findActionResources('dynamodb:GetItem'), {
    template: 'arn:aws:dynamodb:${Region}:${Account}:table/${TableName}',
  })
})

test('an action without resources is known, and has no template', () => {
  assert.deepEqual(findActionResources('s3:ListAllMyBuckets'), { template: undefined })
  assert.deepEqual(findActionResources('ec2:DescribeInstances'), { template: undefined })
})

test('what no service has is not known', () => {
  for (const action of ['madeup:Action', 's3:MadeUp', 's3:', 's3', '', ':GetObject', 's3:*', 'toString:constructor']) {
    assert.equal(findActionResources(action), undefined, action)
  }
})
