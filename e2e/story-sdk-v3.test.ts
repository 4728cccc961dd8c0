// The story with the AWS SDK for JavaScript v3, over the socket.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DetachGroupPolicyCommand,
  EntityAlreadyExistsException,
  GetGroupCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListUsersCommand,
  NoSuchEntityException,
  paginateListPolicies,
  paginateListUsers,
  PutUserPolicyCommand,
  TagUserCommand,
  waitUntilUserExists,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type Account, startEmulator } from './service/emulator.ts'
import { textOf } from './service/iamd-process.ts'
import { iamOf, stsOf } from './service/sdk-clients.ts'

const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess'
const CALL_COUNT = 200

interface Stage {
  readonly url: string
  readonly account: Account
  readonly root: IAMClient
}

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

test('the story with the AWS SDK for JavaScript v3', async (t) => {
  const { url, newAccount } = await startEmulator(t)
  const account = await newAccount()
  const stage = { url, account, root: iamOf(url, account) }
  const key = await makeAdministrator(stage)
  await t.test('the key of the new administrator is allowed everything', () => useKey(stage, key))
  await t.test('names, times, tags and documents come back as they went in', () => values(stage))
  await t.test('paginators give everything once, whatever the size of the page', () => pages(stage))
  await t.test('waiters return for what is there and wait for what is not yet', () => waiters(stage))
  await t.test('calls side by side each get their own answer', () => sideBySide(stage))
  await t.test('of many who create one name, one succeeds', () => oneWins(stage))
  await t.test('a wrong secret, an unknown key and a wrong clock are refused', () => wrongSigners(stage, key))
  await t.test('calls in flight while the policy is detached are allowed or denied, later ones denied', () =>
    detach(stage, key),
  )
  await t.test('a deleted key is unknown', () => removeKey(stage, key))
})

async function makeAdministrator({ root, account }: Stage): Promise<Key> {
  const GroupName = 'Administrators'
  const UserName = 'alice'
  const { Group } = await root.send(new CreateGroupCommand({ GroupName }))
  assert.equal(Group?.Arn, `arn:aws:iam::${account.accountId}:group/Administrators`)
  await root.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: ADMINISTRATOR_ACCESS }))
  await root.send(new CreateUserCommand({ UserName }))
  await root.send(new CreateLoginProfileCommand({ UserName, Password: 'Correct horse 9!' }))
  await root.send(new AddUserToGroupCommand({ GroupName, UserName }))
  const { Users = [], IsTruncated } = await root.send(new GetGroupCommand({ GroupName }))
  assert.deepEqual([Users.map((user) => user.UserName), IsTruncated], [['alice'], false])
  const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: textOf(AccessKey, 'AccessKeyId'), secretAccessKey: textOf(AccessKey, 'SecretAccessKey') }
}

async function useKey({ url, account }: Stage, key: Key): Promise<void> {
  const caller = await stsOf(url, key).send(new GetCallerIdentityCommand({}))
  assert.equal(caller.Arn, `arn:aws:iam::${account.accountId}:user/alice`)
  const { User } = await iamOf(url, key).send(new GetUserCommand({}))
  assert.deepEqual([User?.UserName, User?.UserId], ['alice', caller.UserId])
}

async function values({ root }: Stage): Promise<void> {
  const UserName = 'eve+=,.@-_'
  const before = new Date(Math.floor(Date.now() / 1000) * 1000)
  const tags = [{ Key: 'Straße', Value: 'a b/c:d=e+f' }]
  const { User } = await root.send(new CreateUserCommand({ UserName, Path: '/a!~/', Tags: tags }))
  assert.deepEqual([User?.UserName, User?.Path, User?.Tags], [UserName, '/a!~/', tags])
  assert.ok(User?.CreateDate !== undefined && User.CreateDate >= before)
  await root.send(new TagUserCommand({ UserName, Tags: [{ Key: 'empty', Value: '' }] }))
  const { User: tagged } = await root.send(new GetUserCommand({ UserName: UserName.toUpperCase() }))
  assert.deepEqual([tagged?.UserName, tagged?.Tags], [UserName, [...tags, { Key: 'empty', Value: '' }]])
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::<b>/a&b+c%20"\'é' }],
  })
  await root.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: text }))
  const { PolicyDocument = '' } = await root.send(new GetUserPolicyCommand({ UserName, PolicyName: 'p' }))
  assert.equal(decodeURIComponent(PolicyDocument), text)
}

async function pages({ root: client }: Stage): Promise<void> {
  const names = Array.from({ length: 7 }, (_, at) => `page-${at}`)
  await Promise.all(names.map((UserName) => client.send(new CreateUserCommand({ UserName, Path: '/page/', Tags: [] }))))
  for (const pageSize of [1, 3, 7, 1000]) {
    const seen: (string | undefined)[][] = []
    for await (const { Users = [] } of paginateListUsers({ client, pageSize }, { PathPrefix: '/page/' })) {
      seen.push(Users.map(({ UserName }) => UserName))
    }
    assert.deepEqual([seen.flat(), seen.length], [names, Math.ceil(7 / pageSize)])
  }
  const arns = new Set<string | undefined>()
  for await (const { Policies = [] } of paginateListPolicies({ client, pageSize: 1000 }, { Scope: 'AWS' })) {
    for (const { Arn } of Policies) arns.add(Arn)
  }
  assert.ok(arns.size > 1000 && arns.has(ADMINISTRATOR_ACCESS))
}

async function waiters({ root: client }: Stage): Promise<void> {
  const [waited] = await Promise.all([
    waitUntilUserExists({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { UserName: 'late' }),
    client.send(new CreateUserCommand({ UserName: 'late' })),
    waitUntilUserExists({ client, maxWaitTime: 20 }, { UserName: 'alice' }),
  ])
  assert.equal(waited.state, 'SUCCESS')
}

async function sideBySide({ url, root, account }: Stage): Promise<void> {
  const names = Array.from({ length: CALL_COUNT }, (_, at) => `side-${String(at).padStart(3, '0')}`)
  const made = await Promise.all(
    names.map((UserName) => root.send(new CreateUserCommand({ UserName, Path: '/side/' }))),
  )
  assert.deepEqual(
    made.map(({ User }) => User?.UserName),
    names,
  )
  assert.equal(new Set(made.map(({ User }) => User?.UserId)).size, CALL_COUNT)
  const sts = stsOf(url, account)
  const answers = await Promise.all(
    names.map((UserName, at) =>
      at % 2 === 0
        ? root.send(new GetUserCommand({ UserName })).then(({ User }) => User?.UserName)
        : sts.send(new GetCallerIdentityCommand({})).then(({ Arn }) => Arn),
    ),
  )
  const rootArn = `arn:aws:iam::${account.accountId}:root`
  assert.deepEqual(
    answers,
    names.map((name, at) => (at % 2 === 0 ? name : rootArn)),
  )
}

async function oneWins({ root }: Stage): Promise<void> {
  const spellings = ['Only', 'only', 'ONLY', 'oNLY', 'onLy', 'OnlY', 'oNlY', 'OnLy']
  const ends = await Promise.allSettled(spellings.map((UserName) => root.send(new CreateUserCommand({ UserName }))))
  const lost = ends.filter((end) => end.status === 'rejected')
  assert.equal(lost.length, spellings.length - 1)
  for (const { reason } of lost) {
    assert.ok(reason instanceof EntityAlreadyExistsException)
    assert.equal(reason.$metadata.httpStatusCode, 409)
  }
  await assert.rejects(root.send(new GetUserCommand({ UserName: 'nobody' })), (error) => {
    assert.ok(error instanceof NoSuchEntityException)
    assert.equal(error.message, 'The user with name nobody cannot be found.')
    assert.match(error.$metadata.requestId ?? '', /^[0-9a-f-]{36}$/)
    return true
  })
}

async function wrongSigners({ url, account }: Stage, key: Key): Promise<void> {
  const ask = (signer: object, systemClockOffset = 0): Promise<unknown> => {
    const credentials = { ...key, ...signer }
    const settings = { endpoint: url, region: 'us-east-1', maxAttempts: 1, credentials, systemClockOffset }
    return new STSClient(settings).send(new GetCallerIdentityCommand({}))
  }
  await assert.rejects(ask({ secretAccessKey: account.secretAccessKey }), { name: 'SignatureDoesNotMatch' })
  await assert.rejects(ask({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), {
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  })
  await assert.rejects(ask({}, -16 * 60_000), {
    name: 'SignatureDoesNotMatch',
    message: /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
  })
}

async function detach({ url, root, account }: Stage, key: Key): Promise<void> {
  const alice = iamOf(url, key)
  const sentence =
    `User: arn:aws:iam::${account.accountId}:user/alice is not authorized to perform: iam:ListUsers on resource: ` +
    `arn:aws:iam::${account.accountId}:user/ because no identity-based policy allows the iam:ListUsers action`
  const denial = { name: 'AccessDenied', message: sentence }
  const list = (): Promise<unknown> => alice.send(new ListUsersCommand({ MaxItems: 1 }))
  const removal = new DetachGroupPolicyCommand({ GroupName: 'Administrators', PolicyArn: ADMINISTRATOR_ACCESS })
  const inFlight = Promise.allSettled(Array.from({ length: 20 }, list))
  const detached = root.send(removal).then(() => Promise.allSettled(Array.from({ length: 20 }, list)))
  for (const reason of reasonsOf(await inFlight)) assert.deepEqual(reason, denial)
  const later = reasonsOf(await detached)
  assert.deepEqual(
    later,
    Array.from({ length: 20 }, () => denial),
  )
  const { Arn } = await stsOf(url, key).send(new GetCallerIdentityCommand({}))
  assert.equal(Arn, `arn:aws:iam::${account.accountId}:user/alice`)
}

function reasonsOf(ends: readonly PromiseSettledResult<unknown>[]): { name: string; message: string }[] {
  const errors = ends.flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : []))
  return errors.map((error) => ({ name: textOf(error, 'name'), message: error instanceof Error ? error.message : '' }))
}

async function removeKey({ url, root }: Stage, key: Key): Promise<void> {
  await root.send(new DeleteAccessKeyCommand({ UserName: 'alice', AccessKeyId: key.accessKeyId }))
  await assert.rejects(stsOf(url, key).send(new GetCallerIdentityCommand({})), { name: 'InvalidClientTokenId' })
}
