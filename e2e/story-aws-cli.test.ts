// The story that iamd grew from, by hand: the AWS CLI alone, from a root key to an administrator and to one who may do nothing.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { sign } from '@iamd/sigv4'
import { AwsCli, type CliKey } from './service/aws-cli.ts'
import { type Account, accountOf } from './service/emulator.ts'
import { IamdProcess, textOf } from './service/iamd-process.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess'
const WRONG_SIGNATURE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const UNKNOWN_KEY = 'The security token included in the request is invalid.'

interface Stage {
  readonly url: string
  readonly account: Account
  readonly root: AwsCli
  readonly arn: (rest: string) => string
}

test('the story with the AWS CLI alone', async (t) => {
  const stage = await startFresh(t)
  await t.test('root makes a group, gives it AdministratorAccess, and makes a user with both kinds of access', () =>
    makeAdministrator(stage),
  )
  const key = await makeKey(stage)
  const alice = new AwsCli(stage.url, key)
  await t.test('the review shows group, policy, member, password and key, and no secret', () => review(stage, key))
  await t.test('her key is allowed everything', () => useKey(alice, stage))
  await t.test('pages, queries and tables of the CLI come out as on AWS', () => shapes(stage))
  await t.test('waiters see what is there, and wait for what is not yet', () => waiters(stage))
  await t.test('a wrong secret is SignatureDoesNotMatch and an old signature is expired', () =>
    wrongSigners(stage, key),
  )
  await t.test('what is refused is refused with the code and the sentence of AWS', () => refusals(stage))
  await t.test('after detaching, the same key still knows who it is and may do nothing', () => detach(alice, stage))
  await t.test('an inactive and a deleted key are unknown', () => removeKey(alice, stage, key))
})

async function startFresh(context: TestContext): Promise<Stage> {
  const data = join(await temporaryDirectory(context), 'data')
  const words = ['start', '--data', data, '--listen', '127.0.0.1:0', '--output', 'json']
  const running = await new IamdProcess(context, words).firstObject()
  const url = textOf(running, 'url')
  const account = accountOf(running['rootCredential'])
  const arn = (rest: string): string => `arn:aws:iam::${account.accountId}:${rest}`
  return { url, account, root: new AwsCli(url, account), arn }
}

async function makeAdministrator({ root, account, arn }: Stage): Promise<void> {
  const { accountId } = account
  const [caller, group, user] = await Promise.all([
    root.json('sts get-caller-identity'),
    root.json('iam create-group --group-name Administrators'),
    root.json('iam create-user --user-name alice --tags Key=team,Value=core'),
  ])
  assert.deepEqual(caller, { UserId: accountId, Account: accountId, Arn: arn('root') })
  assert.partialDeepStrictEqual(group, {
    Group: { Path: '/', GroupName: 'Administrators', Arn: arn('group/Administrators') },
  })
  assert.match(memberOf(group, 'Group', 'GroupId'), /^AGPA[A-Z2-7]{17}$/)
  assert.partialDeepStrictEqual(user, {
    User: { UserName: 'alice', Arn: arn('user/alice'), Tags: [{ Key: 'team', Value: 'core' }] },
  })
  assert.match(memberOf(user, 'User', 'UserId'), /^AIDA[A-Z2-7]{17}$/)
  const [attached, profile, added] = await Promise.all([
    root.text(`iam attach-group-policy --group-name Administrators --policy-arn ${ADMINISTRATOR_ACCESS}`),
    root.json('iam create-login-profile --user-name alice --password', 'Correct horse 9!', '--password-reset-required'),
    root.text('iam add-user-to-group --user-name alice --group-name Administrators'),
  ])
  assert.deepEqual([attached, added], ['', ''])
  assert.partialDeepStrictEqual(profile, { LoginProfile: { UserName: 'alice', PasswordResetRequired: true } })
}

async function makeKey({ root }: Stage): Promise<CliKey> {
  const made = await root.json('iam create-access-key --user-name alice')
  assert.partialDeepStrictEqual(made, { AccessKey: { UserName: 'alice', Status: 'Active' } })
  const key = {
    accessKeyId: memberOf(made, 'AccessKey', 'AccessKeyId'),
    secretAccessKey: memberOf(made, 'AccessKey', 'SecretAccessKey'),
  }
  assert.match(key.accessKeyId, /^AKIA[A-Z2-7]{16}$/)
  assert.match(key.secretAccessKey, /^[A-Za-z0-9/+]{40}$/)
  return key
}

async function review({ root, account }: Stage, key: CliKey): Promise<void> {
  const [group, groups, users, policies, memberships, keys, profile, summary, owner] = await Promise.all([
    root.json('iam get-group --group-name Administrators'),
    root.json('iam list-groups'),
    root.json('iam list-users'),
    root.json('iam list-attached-group-policies --group-name Administrators'),
    root.json('iam list-groups-for-user --user-name alice'),
    root.json('iam list-access-keys --user-name alice'),
    root.json('iam get-login-profile --user-name alice'),
    root.json('iam get-account-summary'),
    root.json(`sts get-access-key-info --access-key-id ${key.accessKeyId}`),
  ])
  assert.partialDeepStrictEqual(group, { Group: { GroupName: 'Administrators' }, Users: [{ UserName: 'alice' }] })
  assert.partialDeepStrictEqual(groups, { Groups: [{ GroupName: 'Administrators' }] })
  assert.partialDeepStrictEqual(users, { Users: [{ UserName: 'alice' }] })
  const attached = { PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR_ACCESS }
  assert.deepEqual(policies, { AttachedPolicies: [attached] })
  assert.partialDeepStrictEqual(memberships, { Groups: [{ GroupName: 'Administrators' }] })
  const shown = { UserName: 'alice', AccessKeyId: key.accessKeyId, Status: 'Active' }
  assert.partialDeepStrictEqual(keys, { AccessKeyMetadata: [shown] })
  assert.ok(!JSON.stringify(keys).includes(key.secretAccessKey))
  assert.partialDeepStrictEqual(profile, { LoginProfile: { UserName: 'alice', PasswordResetRequired: true } })
  assert.partialDeepStrictEqual(summary, { SummaryMap: { Users: 1, Groups: 1, AccountAccessKeysPresent: 1 } })
  assert.deepEqual(owner, { Account: account.accountId })
}

async function useKey(alice: AwsCli, { arn }: Stage): Promise<void> {
  const [caller, self, made] = await Promise.all([
    alice.json('sts get-caller-identity'),
    alice.json('iam get-user'),
    alice.json('iam create-user --user-name bob --path /staff/'),
  ])
  assert.partialDeepStrictEqual(caller, { Arn: arn('user/alice') })
  assert.partialDeepStrictEqual(self, { User: { UserName: 'alice', Tags: [{ Key: 'team', Value: 'core' }] } })
  assert.partialDeepStrictEqual(made, { User: { UserName: 'bob', Path: '/staff/', Arn: arn('user/staff/bob') } })
}

async function shapes({ root }: Stage): Promise<void> {
  const [first, small, names, text, table, catalogue, below] = await Promise.all([
    root.json('iam list-users --max-items 1'),
    root.json('iam list-users --page-size 1'),
    root.json('iam list-users --query Users[].UserName'),
    root.text('iam list-users --query Users[].UserName --output text'),
    root.text('iam list-users --output table --query', 'Users[].{Name:UserName,Path:Path}'),
    root.json('iam list-policies --scope AWS --path-prefix /job-function/ --page-size 3 --query Policies[].PolicyName'),
    root.json('iam list-users --path-prefix /staff/ --query Users[].UserName'),
  ])
  assert.partialDeepStrictEqual(first, { Users: [{ UserName: 'alice' }] })
  const rest = await root.json(`iam list-users --starting-token ${memberOf(first, 'NextToken')}`)
  assert.deepEqual([...userNames(first), ...userNames(rest)], ['alice', 'bob'])
  assert.deepEqual(userNames(small), ['alice', 'bob'])
  assert.deepEqual(names, ['alice', 'bob'])
  assert.equal(text, 'alice\tbob\n')
  assert.match(table, /\|\s+ListUsers\s+\|[^]*\|\s+alice\s+\|\s+\/\s+\|\n\|\s+bob\s+\|\s+\/staff\/\s+\|/)
  assert.ok(Array.isArray(catalogue) && catalogue.length > 3 && catalogue.includes('ViewOnlyAccess'))
  assert.deepEqual(below, ['bob'])
}

async function waiters({ root }: Stage): Promise<void> {
  const [, , made] = await Promise.all([
    root.text('iam wait user-exists --user-name alice'),
    root.text('iam wait user-exists --user-name late'),
    root.json('iam create-user --user-name late'),
    root.text(`iam wait policy-exists --policy-arn ${ADMINISTRATOR_ACCESS}`),
  ])
  assert.partialDeepStrictEqual(made, { User: { UserName: 'late' } })
}

async function wrongSigners({ url, account }: Stage, key: CliKey): Promise<void> {
  const thief = new AwsCli(url, { ...key, secretAccessKey: account.secretAccessKey })
  const stranger = new AwsCli(url, { ...key, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' })
  const [wrong, unknown, late] = await Promise.all([
    thief.refusal('sts get-caller-identity'),
    stranger.refusal('sts get-caller-identity'),
    answerToOldRequest(url, key),
  ])
  assert.deepEqual(wrong, {
    code: 'SignatureDoesNotMatch',
    operation: 'GetCallerIdentity',
    message: WRONG_SIGNATURE,
  })
  assert.deepEqual(unknown, { code: 'InvalidClientTokenId', operation: 'GetCallerIdentity', message: UNKNOWN_KEY })
  assert.equal(late.status, 403)
  assert.match(late.text, /<Code>SignatureDoesNotMatch<\/Code>/)
  assert.match(
    late.text,
    /Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)/,
  )
}

// The AWS CLI follows the service's clock, so an old signature has to be made by hand.
async function answerToOldRequest(url: string, key: CliKey): Promise<{ status: number; text: string }> {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const type = 'application/x-www-form-urlencoded; charset=utf-8'
  const rawHeaders = ['Host', new URL(url).host, 'Content-Type', type]
  const unsigned = { method: 'POST', target: '/', rawHeaders, body: Buffer.from(body) }
  const now = new Date(Date.now() - 16 * 60_000)
  const { rawHeaders: signed } = sign(unsigned, key, {
    service: { service: 'sts', path: 'normalized' },
    region: 'us-east-1',
    now,
  })
  const headers = new Headers()
  for (let at = 2; at < signed.length; at += 2) headers.set(signed[at] ?? '', signed[at + 1] ?? '')
  const answer = await fetch(url, { method: 'POST', headers, body })
  return { status: answer.status, text: await answer.text() }
}

async function refusals({ root }: Stage): Promise<void> {
  const broken = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}'
  const [missing, taken, full, absent, policy] = await Promise.all([
    root.refusal('iam get-user --user-name nobody'),
    root.refusal('iam create-user --user-name ALICE'),
    root.refusal('iam delete-group --group-name Administrators'),
    root.refusal('iam list-users --max-items 1 --page-size 2000'),
    root.refusal('iam put-user-policy --user-name bob --policy-name p --policy-document', broken),
  ])
  assert.deepEqual(missing, {
    code: 'NoSuchEntity',
    operation: 'GetUser',
    message: 'The user with name nobody cannot be found.',
  })
  assert.deepEqual(taken, {
    code: 'EntityAlreadyExists',
    operation: 'CreateUser',
    message: 'User with name ALICE already exists.',
  })
  assert.equal(full.code, 'DeleteConflict')
  assert.deepEqual(absent, {
    code: 'ValidationError',
    operation: 'ListUsers',
    message:
      "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
  })
  assert.equal(policy.code, 'MalformedPolicyDocument')
}

async function detach(alice: AwsCli, { root, arn }: Stage): Promise<void> {
  await root.text(`iam detach-group-policy --group-name Administrators --policy-arn ${ADMINISTRATOR_ACCESS}`)
  const denied = (action: string, resource: string): string =>
    `User: ${arn('user/alice')} is not authorized to perform: iam:${action} on resource: ${resource} because no identity-based policy allows the iam:${action} action`
  const [list, create, caller] = await Promise.all([
    alice.refusal('iam list-users'),
    alice.refusal('iam create-user --user-name carol --path /staff/'),
    alice.json('sts get-caller-identity'),
  ])
  const code = 'AccessDenied'
  assert.deepEqual(list, { code, operation: 'ListUsers', message: denied('ListUsers', arn('user/')) })
  assert.deepEqual(create, {
    code,
    operation: 'CreateUser',
    message: denied('CreateUser', arn('user/staff/carol')),
  })
  assert.partialDeepStrictEqual(caller, { Arn: arn('user/alice') })
}

async function removeKey(alice: AwsCli, { root }: Stage, { accessKeyId }: CliKey): Promise<void> {
  const refused = { code: 'InvalidClientTokenId', operation: 'GetCallerIdentity', message: UNKNOWN_KEY }
  await root.text(`iam update-access-key --user-name alice --status Inactive --access-key-id ${accessKeyId}`)
  assert.deepEqual(await alice.refusal('sts get-caller-identity'), refused)
  await root.text(`iam delete-access-key --user-name alice --access-key-id ${accessKeyId}`)
  assert.deepEqual(await alice.refusal('sts get-caller-identity'), refused)
}

function memberOf(value: unknown, ...path: readonly string[]): string {
  const last = path.at(-1) ?? ''
  return textOf(path.slice(0, -1).reduce(valueAt, value), last)
}

function valueAt(value: unknown, name: string): unknown {
  assert(typeof value === 'object' && value !== null)
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function userNames(answer: unknown): string[] {
  const users = valueAt(answer, 'Users')
  assert(Array.isArray(users))
  return users.map((user: unknown) => textOf(user, 'UserName'))
}
