/** What holds for inline policies of every kind of owner: each function registers the tests of one operation for one owner. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteGroupPolicyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListGroupPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { allPages } from './all-pages.ts'
import { assertNeeds } from './assert-needs.ts'
import { trustPolicy } from './roles/roles.ts'
import { NOON, World } from './world.ts'

interface Answer {
  readonly UserName?: string | undefined
  readonly GroupName?: string | undefined
  readonly RoleName?: string | undefined
  readonly PolicyName?: string | undefined
  readonly PolicyDocument?: string | undefined
}
interface ListAnswer {
  readonly PolicyNames?: readonly string[] | undefined
  readonly IsTruncated?: boolean | undefined
  readonly Marker?: string | undefined
}

/** The four operations on one kind of owner; `name` is the owner's. */
export interface InlinePolicyOperations {
  readonly kind: 'user' | 'group' | 'role'
  readonly noun: 'User' | 'Group' | 'Role'
  readonly sizeMax: number
  put(client: IAMClient, name: string, policy: { PolicyName: string; PolicyDocument: string }): Promise<unknown>
  get(client: IAMClient, name: string, policyName: string): Promise<Answer>
  delete(client: IAMClient, name: string, policyName: string): Promise<unknown>
  list(client: IAMClient, name: string, page?: { Marker?: string | undefined; MaxItems: number }): Promise<ListAnswer>
}

export const OF_USERS: InlinePolicyOperations = {
  kind: 'user',
  noun: 'User',
  sizeMax: 2048,
  put: (client, UserName, policy) => client.send(new PutUserPolicyCommand({ UserName, ...policy })),
  get: (client, UserName, PolicyName) => client.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  delete: (client, UserName, PolicyName) => client.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
  list: (client, UserName, page) => client.send(new ListUserPoliciesCommand({ UserName, ...page })),
}

export const OF_GROUPS: InlinePolicyOperations = {
  kind: 'group',
  noun: 'Group',
  sizeMax: 5120,
  put: (client, GroupName, policy) => client.send(new PutGroupPolicyCommand({ GroupName, ...policy })),
  get: (client, GroupName, PolicyName) => client.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  delete: (client, GroupName, PolicyName) => client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
  list: (client, GroupName, page) => client.send(new ListGroupPoliciesCommand({ GroupName, ...page })),
}

export const OF_ROLES: InlinePolicyOperations = {
  kind: 'role',
  noun: 'Role',
  sizeMax: 10_240,
  put: (client, RoleName, policy) => client.send(new PutRolePolicyCommand({ RoleName, ...policy })),
  get: (client, RoleName, PolicyName) => client.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
  delete: (client, RoleName, PolicyName) => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
  list: (client, RoleName, page) => client.send(new ListRolePoliciesCommand({ RoleName, ...page })),
}

const DOCUMENT = `{ "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/(é)/'!" } }`

export function testPut(of: InlinePolicyOperations): void {
  const operation = `Put${of.noun}Policy`
  testPutStores(of, operation)
  testPutRefuses(of, operation)
  testPutMeasures(of, operation)
  testNeed(of, operation, (client) => of.put(client, 'owner', { PolicyName: 'Read', PolicyDocument: DOCUMENT }))
}

function testPutStores(of: InlinePolicyOperations, operation: string): void {
  test(`${operation} keeps the document as it is sent, byte by byte`, async () => {
    const world = await worldWithOwners()
    await of.put(world.iam(), 'oWNER', { PolicyName: 'Read', PolicyDocument: DOCUMENT })
    assert.deepEqual(stored(world), [['Read', DOCUMENT]])
  })

  test(`${operation} replaces the policy of that name, ignoring case, and keeps the first spelling`, async () => {
    const world = await worldWithOwners()
    await of.put(world.iam(), 'Owner', { PolicyName: 'Read', PolicyDocument: DOCUMENT })
    const PolicyDocument = documentOfSize(of.sizeMax)
    await of.put(world.iam(), 'Owner', { PolicyName: 'READ', PolicyDocument })
    assert.deepEqual(stored(world), [['Read', PolicyDocument]])
  })

  test(`${operation} takes version 2008-10-17 and a document without version`, async () => {
    const world = await worldWithOwners()
    for (const Version of ['2008-10-17', undefined]) {
      const PolicyDocument = JSON.stringify({ Version, Statement: { Effect: 'Deny', Action: '*', Resource: '*' } })
      await of.put(world.iam(), 'Owner', { PolicyName: 'Old', PolicyDocument })
    }
  })
}

function testPutRefuses(of: InlinePolicyOperations, operation: string): void {
  test(`${operation} refuses a document that may not be stored, with AWS's sentence`, async () => {
    const world = await worldWithOwners()
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
    for (const [document, message] of [
      ['{not json', 'Syntax errors in policy.'],
      [{ Version: '2012-10-17', Statement: { ...statement, Extra: 1 } }, 'Syntax errors in policy.'],
      [
        { Version: '2012-10-17', Statement: { ...statement, Principal: '*' } },
        'Policy document should not specify a principal.',
      ],
      [{ Statement: { ...statement, Action: undefined } }, 'Policy statement must contain actions.'],
      [{ Statement: { ...statement, Resource: undefined } }, 'Policy statement must contain resources.'],
    ] as const) {
      const PolicyDocument = typeof document === 'string' ? document : JSON.stringify(document)
      await assert.rejects(of.put(world.iam(), 'Owner', { PolicyName: 'Bad', PolicyDocument }), {
        name: 'MalformedPolicyDocumentException',
        message,
      })
    }
    assert.deepEqual(stored(world), [])
  })

  test(`${operation} says that there is no such ${of.kind} before it looks at the document`, async () => {
    const world = await worldWithOwners()
    await assert.rejects(of.put(world.iam(), 'Nobody', { PolicyName: 'Bad', PolicyDocument: '{' }), noSuchOwner(of))
  })
}

function testPutMeasures(of: InlinePolicyOperations, operation: string): void {
  test(`${operation} refuses more than ${of.sizeMax} characters in all policies of one ${of.kind} together`, async () => {
    const world = await worldWithOwners()
    const half = of.sizeMax / 2
    const put = (name: string, PolicyName: string, size: number): Promise<unknown> =>
      of.put(world.iam(), name, { PolicyName, PolicyDocument: documentOfSize(size) })
    await put('Owner', 'One', half)
    const refusal = {
      name: 'LimitExceededException',
      message: `Maximum policy size of ${of.sizeMax} bytes exceeded for ${of.kind} Owner`,
    }
    await assert.rejects(put('owner', 'Two', half + 1), refusal)
    assert.deepEqual(stored(world), [['One', documentOfSize(half)]])
    await put('Owner', 'Two', half)
    await assert.rejects(put('Owner', 'One', half + 1), refusal)
    await put('Other', 'One', of.sizeMax)
  })

  test(`${operation} does not count white space`, async () => {
    const world = await worldWithOwners()
    const PolicyDocument = documentOfSize(of.sizeMax).replaceAll('":', '" \t\n\r: ')
    await of.put(world.iam(), 'Owner', { PolicyName: 'Airy', PolicyDocument })
  })
}

export function testGet(of: InlinePolicyOperations): void {
  const operation = `Get${of.noun}Policy`

  test(`${operation} answers the document percent-encoded as RFC 3986 says, and the name as it was asked for`, async () => {
    const world = await worldWithOwners()
    await of.put(world.iam(), 'Owner', { PolicyName: 'Read', PolicyDocument: DOCUMENT })
    const { PolicyName, PolicyDocument = '', ...answer } = await of.get(world.iam(), 'owner', 'rEAD')
    assert.equal(answer[`${of.noun}Name`], 'Owner')
    assert.equal(PolicyName, 'rEAD')
    assert.equal(decodeURIComponent(PolicyDocument), DOCUMENT)
    assert.match(PolicyDocument, /^%7B%20%22Version%22%3A%20%222012-10-17%22%2C%0A/)
    assert.match(PolicyDocument, /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*$/)
  })

  test(`${operation} refuses a name that no policy of the ${of.kind} has`, async () => {
    const world = await worldWithOwners()
    await of.put(world.iam(), 'Other', { PolicyName: 'Read', PolicyDocument: DOCUMENT })
    await assert.rejects(of.get(world.iam(), 'Owner', 'Read'), noSuchPolicy(of, 'Read'))
    await assert.rejects(of.get(world.iam(), 'Nobody', 'Read'), noSuchOwner(of))
  })

  testNeed(of, operation, (client) => of.get(client, 'owner', 'Read'))
}

export function testDelete(of: InlinePolicyOperations): void {
  const operation = `Delete${of.noun}Policy`

  test(`${operation} removes the policy of that name, ignoring case, and no other`, async () => {
    const world = await worldWithOwners()
    for (const PolicyName of ['Read', 'Write']) {
      await of.put(world.iam(), 'Owner', { PolicyName, PolicyDocument: DOCUMENT })
    }
    await of.delete(world.iam(), 'owner', 'rEAD')
    assert.deepEqual(stored(world), [['Write', DOCUMENT]])
  })

  test(`${operation} refuses a name that no policy of the ${of.kind} has`, async () => {
    const world = await worldWithOwners()
    await of.put(world.iam(), 'Other', { PolicyName: 'Read', PolicyDocument: DOCUMENT })
    await assert.rejects(of.delete(world.iam(), 'Owner', 'Read'), noSuchPolicy(of, 'Read'))
    await assert.rejects(of.delete(world.iam(), 'Nobody', 'Read'), noSuchOwner(of))
    assert.equal(stored(world).length, 1)
  })

  testNeed(of, operation, (client) => of.delete(client, 'owner', 'Read'))
}

export function testList(of: InlinePolicyOperations): void {
  const operation = `List${of.noun}Policies`

  test(`${operation} answers the names of the ${of.kind}'s inline policies, in their order ignoring case, page by page`, async () => {
    const world = await worldWithOwners()
    assert.deepEqual((await of.list(world.iam(), 'Owner')).PolicyNames, [])
    for (const PolicyName of ['b', 'C', 'A', 'D', 'e']) {
      await of.put(world.iam(), 'Owner', { PolicyName, PolicyDocument: documentOfSize(100) })
    }
    await of.put(world.iam(), 'Other', { PolicyName: 'f', PolicyDocument: documentOfSize(100) })
    assert.deepEqual((await of.list(world.iam(), 'oWNER')).PolicyNames, ['A', 'b', 'C', 'D', 'e'])
    const pages = await allPages((Marker) => of.list(world.iam(), 'Owner', { Marker, MaxItems: 2 }))
    assert.deepEqual(
      pages.map(({ PolicyNames }) => PolicyNames),
      [['A', 'b'], ['C', 'D'], ['e']],
    )
  })

  test(`${operation} refuses a marker that was given for another ${of.kind}`, async () => {
    const world = await worldWithOwners()
    for (const PolicyName of ['a', 'b']) {
      await of.put(world.iam(), 'Owner', { PolicyName, PolicyDocument: documentOfSize(100) })
    }
    const { Marker } = await of.list(world.iam(), 'Owner', { MaxItems: 1 })
    await assert.rejects(of.list(world.iam(), 'Other', { Marker, MaxItems: 1 }), {
      name: 'ValidationError',
      message: 'Marker and Filter do not match',
    })
  })

  test(`${operation} refuses a ${of.kind} that does not exist`, async () => {
    const world = await worldWithOwners()
    await assert.rejects(of.list(world.iam(), 'Nobody'), noSuchOwner(of))
  })

  testNeed(of, operation, (client) => of.list(client, 'owner'))
}

function testNeed(of: InlinePolicyOperations, operation: string, call: (client: IAMClient) => Promise<unknown>): void {
  test(`${operation} needs iam:${operation} on the ${of.kind}`, async () => {
    const world = await worldWithOwners()
    await of.put(world.iam(), 'Owner', { PolicyName: 'Read', PolicyDocument: DOCUMENT })
    const resource = `arn:aws:iam::123456789012:${of.kind}/path/Owner`
    await assertNeeds(world, { action: `iam:${operation}`, resource, call })
  })
}

/** A world with a user, a group and a role of the name `Owner`, and of the name `Other`. */
async function worldWithOwners(): Promise<World> {
  const world = await World.create()
  await world.change((account) => {
    for (const name of ['Owner', 'Other']) {
      const common = { name, path: '/path/', createdAt: NOON.toISOString() }
      account.users.put({ ...common, id: `AIDA${name}`, tags: [] })
      account.groups.put({ ...common, id: `AGPA${name}` })
      const trust = { trustPolicy: trustPolicy(), trusted: [], sessionSecondsMax: 3600 }
      account.roles.put({ ...common, id: `AROA${name}`, tags: [], ...trust })
    }
  })
  return world
}

/** Names and documents of all policies. */
function stored(world: World): unknown[] {
  return [...world.account.inlinePolicies.scan()].map(({ name, document }) => [name, document])
}

/** A document of that many characters; 100 at least. */
function documentOfSize(size: number): string {
  const document = (id: string): string =>
    JSON.stringify({ Statement: [{ Sid: id, Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })
  return document('x'.repeat(size - document('').length))
}

function noSuchOwner(of: InlinePolicyOperations): object {
  return { name: 'NoSuchEntityException', message: `The ${of.kind} with name Nobody cannot be found.` }
}

function noSuchPolicy(of: InlinePolicyOperations, name: string): object {
  return { name: 'NoSuchEntityException', message: `The ${of.kind} policy with name ${name} cannot be found.` }
}
