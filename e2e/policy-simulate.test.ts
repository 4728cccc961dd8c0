// `iamd policy simulate --principal`: a person asks a running iamd about one of its users.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import {
  CreatePolicyCommand,
  CreateUserCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { startEmulator } from './service/emulator.ts'
import { type Ended, runIamd } from './service/iamd-process.ts'
import { iamOf } from './service/sdk-clients.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

function allow(Action: string, more: object = {}): string {
  const statement = { Effect: 'Allow', Action, Resource: '*', ...more }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }

/** A user that may read, and delete with multi-factor authentication, within a boundary; and the command that asks about it. */
async function accountWithUser(t: TestContext): Promise<(...words: readonly string[]) => Promise<Ended>> {
  const { url, newAccount } = await startEmulator(t)
  const root = await newAccount()
  const iam = iamOf(url, root)
  const user = { UserName: 'alice' }
  const { User } = await iam.send(new CreateUserCommand({ ...user, Path: '/team/' }))
  await iam.send(new PutUserPolicyCommand({ ...user, PolicyName: 'reads', PolicyDocument: allow('s3:Get*') }))
  await iam.send(
    new PutUserPolicyCommand({ ...user, PolicyName: 'deletes', PolicyDocument: allow('s3:Delete*', withMfa) }),
  )
  const boundary = { PolicyName: 'boundary', PolicyDocument: allow('s3:*Object') }
  const { Policy } = await iam.send(new CreatePolicyCommand(boundary))
  await iam.send(new PutUserPermissionsBoundaryCommand({ ...user, PermissionsBoundary: Policy?.Arn }))
  const env = {
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  }
  const asked = ['policy', 'simulate', '--principal', User?.Arn ?? '', '--endpoint-url', url]
  return (...words) => runIamd(t, [...asked, ...words], { env })
}

test('a principal of a running iamd is asked about with all policies that it has there', async (t) => {
  const ask = await accountWithUser(t)

  const read = await ask('--action', 's3:GetObject', '--resource', 'arn:aws:s3:::data/x')
  assert.deepEqual([read.code, read.stderr], [0, ''])
  assert.match(read.stdout, /^allowed: s3:GetObject on arn:aws:s3:::data\/x\n/)
  assert.match(read.stdout, /statements that match\n│ {2}└─ user_alice_reads:1:\d+ \(IAM Policy\)/)
  assert.match(read.stdout, /permissions boundary: allows\n/)

  const beyond = await ask('--action', 's3:GetBucketAcl')
  assert.equal(beyond.code, 1)
  assert.match(beyond.stdout, /^denied: s3:GetBucketAcl on \*\n(.*\n)*.*permissions boundary: does not allow\n/)

  const remove = ['--action', 's3:DeleteObject', '--output', 'json']
  const without = await ask(...remove)
  assert.equal(without.code, 1)
  const { results }: { results: readonly unknown[] } = JSON.parse(without.stdout)
  assert.deepEqual(
    results.map((result) => [member(result, 'effect'), member(result, 'missingKeys')]),
    [['implicitDeny', ['aws:MultiFactorAuthPresent']]],
  )
  assert.equal((await ask(...remove, '--context', 'aws:MultiFactorAuthPresent=true')).code, 0)
})

test('policies in files are put over those that a principal has', async (t) => {
  const ask = await accountWithUser(t)
  const folder = await temporaryDirectory(t)
  const [more, boundary] = [join(folder, 'more.json'), join(folder, 'boundary.json')]
  await Promise.all([writeFile(more, allow('s3:Put*')), writeFile(boundary, allow('s3:List*'))])
  const resources = ['--resource', 'arn:aws:s3:::data/x', 'arn:aws:s3:::data/y']

  assert.equal((await ask('--action', 's3:PutObject', ...resources)).code, 1)
  const added = await ask('--action', 's3:PutObject', ...resources, '--policy', more)
  assert.equal(added.code, 0)
  assert.deepEqual(added.stdout.match(/^allowed: .*$/gm), [
    'allowed: s3:PutObject on arn:aws:s3:::data/x',
    'allowed: s3:PutObject on arn:aws:s3:::data/y',
  ])
  assert.equal((await ask('--action', 's3:GetObject', '--boundary', boundary)).code, 1)
})

test('what cannot be asked ends with 2 and says why', async (t) => {
  const ask = await accountWithUser(t)
  const nobody = await ask('--action', 's3:GetObject', '--principal', 'arn:aws:iam::111122223333:user/nobody')
  assert.equal(nobody.code, 2)
  assert.match(nobody.stderr, /^iamd: SimulatePrincipalPolicy was refused: /)
  const foreign = await ask('--action', 's3:GetObject', '--scp', 'x.json')
  assert.deepEqual([foreign.code, foreign.stdout], [2, ''])
  assert.match(foreign.stderr, /^iamd: `--scp` is for policies in files; leave it out, or `--principal`\n$/)
  const nowhere = await ask('--action', 's3:GetObject', '--endpoint-url', 'http://127.0.0.1:1')
  assert.equal(nowhere.code, 2)
  assert.match(nowhere.stderr, /^iamd: cannot reach `http:\/\/127\.0\.0\.1:1\/?`/)
})

function member(value: unknown, name: string): unknown {
  assert.ok(typeof value === 'object' && value !== null)
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
