/** What becomes of the users and roles that a trust policy names (IAM User Guide, "AWS JSON policy elements: Principal"). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { createRole, roleOf, trustPolicy } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

const BOB = 'arn:aws:iam::123456789012:user/team/Bob'
const READER = 'arn:aws:iam::123456789012:role/team/Reader'
const OTHER_ACCOUNT = '210987654321'

/** Bob and the role Reader are in /team/; `otherId` is a user of another account of the installation. */
async function worldWithPrincipals(): Promise<World> {
  const world = await World.create()
  await createBob(world)
  await createRole(world, 'Reader', { Path: '/team/' })
  await world.createAccount(OTHER_ACCOUNT, { accessKeyId: 'AKIA2OAHZ37VOTHERONE', secretAccessKey: 'secret' })
  await world.ledger.write({
    requestId: 'other',
    action: 'iamd:Test',
    origin: { caller: 'iamd:operator', sourceIp: '127.0.0.1', userAgent: 'test' },
    attempt: (draft, now) => {
      const user = { id: 'AIDAOTHER', name: 'Eve', path: '/', createdAt: now.toISOString(), tags: [] }
      draft.account(OTHER_ACCOUNT)?.tables.users.put(user)
    },
  })
  return world
}

interface TrustDocument {
  readonly Statement: readonly { readonly Principal: { readonly AWS: unknown } }[]
}

async function createBob(world: World): Promise<void> {
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', Path: '/team/' }))
}

/** The principals of the type AWS that the role's trust policy names, as GetRole shows them. */
async function trustedBy(world: World, RoleName: string): Promise<unknown> {
  const { AssumeRolePolicyDocument = '' } = await roleOf(world, RoleName)
  const document: TrustDocument = JSON.parse(decodeURIComponent(AssumeRolePolicyDocument))
  return document.Statement[0]?.Principal.AWS
}

async function trust(world: World, AWS: string | readonly string[]): Promise<void> {
  await createRole(world, 'Trusting', { AssumeRolePolicyDocument: trustPolicy({ AWS }) })
}

test('C-07: a user that is made anew under the name of a trusted one is not trusted', async () => {
  const world = await worldWithPrincipals()
  const id = world.account.users.find('bob')?.id
  await trust(world, BOB)
  assert.equal(await trustedBy(world, 'Trusting'), BOB)
  await world.iam().send(new DeleteUserCommand({ UserName: 'Bob' }))
  assert.equal(await trustedBy(world, 'Trusting'), id)
  await createBob(world)
  assert.equal(await trustedBy(world, 'Trusting'), id)
})

test('a trusted role that is deleted shows as its unique id', async () => {
  const world = await worldWithPrincipals()
  const id = world.account.roles.find('reader')?.id
  await trust(world, [BOB, READER])
  assert.deepEqual(await trustedBy(world, 'Trusting'), [BOB, READER])
  await world.iam().send(new DeleteRoleCommand({ RoleName: 'Reader' }))
  assert.deepEqual(await trustedBy(world, 'Trusting'), [BOB, id])
})

test('a trusted user that is renamed or moved stays trusted, and shows with its new ARN', async () => {
  const world = await worldWithPrincipals()
  await trust(world, BOB)
  await world.iam().send(new UpdateUserCommand({ UserName: 'Bob', NewUserName: 'Robert', NewPath: '/' }))
  assert.equal(await trustedBy(world, 'Trusting'), 'arn:aws:iam::123456789012:user/Robert')
})

test('a trust policy is kept with unique ids, and with everything else as it is sent', async () => {
  const world = await worldWithPrincipals()
  const AssumeRolePolicyDocument = `{"Version":"2012-10-17", "Statement": [ {
    "Effect": "Allow", "Principal": { "AWS" : [ "arn:aws:iam::123456789012:user\\/team\\/Bob", "${READER}", "*" ] },
    "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": "${BOB}" } } } ] }`
  await createRole(world, 'Trusting', { AssumeRolePolicyDocument })
  const stored = world.account.roles.find('trusting')
  const bob = world.account.users.find('bob')?.id
  const reader = world.account.roles.find('reader')?.id
  assert.equal(
    stored?.trustPolicy,
    AssumeRolePolicyDocument.replace('arn:aws:iam::123456789012:user\\/team\\/Bob', String(bob)).replace(
      READER,
      String(reader),
    ),
  )
  const shown = decodeURIComponent((await roleOf(world, 'Trusting')).AssumeRolePolicyDocument ?? '')
  assert.equal(shown, AssumeRolePolicyDocument.replaceAll('\\/', '/'))
})

test('a principal that is not there is refused, also one of another path or case, and one that was deleted', async () => {
  const world = await worldWithPrincipals()
  for (const principal of [
    'arn:aws:iam::123456789012:user/Nobody',
    'arn:aws:iam::123456789012:user/Bob',
    'arn:aws:iam::123456789012:user/team/bob',
    'arn:aws:iam::123456789012:role/team/Bob',
    'arn:aws-cn:iam::123456789012:user/team/Bob',
    `arn:aws:iam::${OTHER_ACCOUNT}:user/Nobody`,
    'AIDAAAAAAAAAAAAAAAAAA',
    'AROAAAAAAAAAAAAAAAAAA',
  ]) {
    await assert.rejects(trust(world, principal), {
      name: 'MalformedPolicyDocumentException',
      message: `Invalid principal in policy: "AWS":"${principal}"`,
    })
  }
  assert.equal(world.account.roles.size, 1)
})

test('a role cannot trust itself before it is there, and can afterwards', async () => {
  const world = await worldWithPrincipals()
  const self = 'arn:aws:iam::123456789012:role/Trusting'
  await assert.rejects(trust(world, self), { name: 'MalformedPolicyDocumentException' })
  await createRole(world, 'Trusting')
  const PolicyDocument = trustPolicy({ AWS: self })
  await world.iam().send(new UpdateAssumeRolePolicyCommand({ RoleName: 'Trusting', PolicyDocument }))
  assert.equal(await trustedBy(world, 'Trusting'), self)
})

test('the unique id of a user that is there means the user', async () => {
  const world = await worldWithPrincipals()
  const id = world.account.users.find('bob')?.id ?? ''
  await trust(world, id)
  assert.equal(await trustedBy(world, 'Trusting'), BOB)
})

test('a user of another account of the installation is bound too', async () => {
  const world = await worldWithPrincipals()
  const eve = `arn:aws:iam::${OTHER_ACCOUNT}:user/Eve`
  await trust(world, eve)
  assert.equal(await trustedBy(world, 'Trusting'), eve)
  assert.match(world.account.roles.find('trusting')?.trustPolicy ?? '', /"AWS":"AIDAOTHER"/)
  await world.ledger.write({
    requestId: 'other',
    action: 'iamd:Test',
    origin: { caller: 'iamd:operator', sourceIp: '127.0.0.1', userAgent: 'test' },
    attempt: (draft) => draft.account(OTHER_ACCOUNT)?.tables.users.delete('eve'),
  })
  assert.equal(await trustedBy(world, 'Trusting'), 'AIDAOTHER')
})

test('accounts, sessions and principals of accounts that the installation does not have stand as they are sent', async () => {
  const world = await worldWithPrincipals()
  const principals = [
    'arn:aws:iam::123456789012:root',
    'arn:aws:sts::123456789012:assumed-role/Nobody/session',
    'arn:aws:sts::123456789012:federated-user/nobody',
    'arn:aws:iam::999999999999:user/Nobody',
    'arn:aws:iam::999999999999:root',
    // "The service might convert it to the principal ARN" (IAM User Guide, Principal); roles of late were seen to keep it.
    '999999999999',
    '*',
  ]
  await trust(world, principals)
  assert.deepEqual(await trustedBy(world, 'Trusting'), principals)
})
