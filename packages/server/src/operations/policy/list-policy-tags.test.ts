import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListPolicyTagsCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

const TAGS = ['A', 'B', 'a', 'b', 'c'].map((Key) => ({ Key, Value: Key }))

test('ListPolicyTags answers the tags in order of key', async () => {
  const world = await World.create()
  const PolicyArn = await createPolicy(world, 'Readers', { Tags: TAGS.toReversed() })
  const { Tags, IsTruncated, Marker } = await world.iam().send(new ListPolicyTagsCommand({ PolicyArn }))
  assert.deepEqual({ Tags, IsTruncated, Marker }, { Tags: TAGS, IsTruncated: false, Marker: undefined })
})

test('ListPolicyTags pages through the tags', async () => {
  const world = await World.create()
  const PolicyArn = await createPolicy(world, 'Readers', { Tags: TAGS })
  const pages = await allPages((Marker) =>
    world.iam().send(new ListPolicyTagsCommand({ PolicyArn, MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Tags = [] }) => Tags.map(({ Key }) => Key)),
    [['A', 'B'], ['a', 'b'], ['c']],
  )
})

test('ListPolicyTags refuses a marker that was given for another policy', async () => {
  const world = await World.create()
  const PolicyArn = await createPolicy(world, 'Readers', { Tags: TAGS })
  const other = await createPolicy(world, 'Others', { Tags: TAGS })
  const { Marker } = await world.iam().send(new ListPolicyTagsCommand({ PolicyArn, MaxItems: 2 }))
  await assert.rejects(world.iam().send(new ListPolicyTagsCommand({ PolicyArn: other, Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListPolicyTags refuses a policy that does not exist, and those of AWS', async () => {
  const world = await World.create()
  const PolicyArn = 'arn:aws:iam::123456789012:policy/NotAPolicy'
  await assert.rejects(world.iam().send(new ListPolicyTagsCommand({ PolicyArn })), {
    name: 'NoSuchEntityException',
    message: `Policy ${PolicyArn} was not found.`,
  })
  await assert.rejects(world.iam().send(new ListPolicyTagsCommand({ PolicyArn: ADMINISTRATOR_ACCESS })), {
    name: 'InvalidInputException',
    message: 'Tags not supported for policies in this domain',
  })
})

test('ListPolicyTags needs iam:ListPolicyTags on the policy', async () => {
  const world = await World.create()
  const resource = await createPolicy(world, 'Readers')
  await assertNeeds(world, {
    action: 'iam:ListPolicyTags',
    resource,
    call: (client) => client.send(new ListPolicyTagsCommand({ PolicyArn: resource })),
  })
})
