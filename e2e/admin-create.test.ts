// `iamd admin create` as a person uses it: the real command against the real emulator, each in a process of its own.
import assert from 'node:assert/strict'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'

import {
  GetAccountSummaryCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import { runProgram } from './service/outside-program.ts'

const door = join(import.meta.dirname, '..', 'packages', 'cli', 'bin', 'iamd.mjs')

let emulator: ChildProcess
let endpointUrl = ''
let folder = ''
let root: Key

type Key = { readonly accessKeyId: string; readonly secretAccessKey: string }

before(async () => {
  emulator = spawn(process.execPath, [door, 'dev', '--listen', '127.0.0.1:0', '--output', 'json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  assert.ok(emulator.stdout)
  const [line] = await once(createInterface(emulator.stdout), 'line')
  endpointUrl = member(JSON.parse(String(line)), 'url')
})
after(async () => {
  emulator.kill('SIGTERM')
  await once(emulator, 'exit')
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iamd-e2e-'))
  const answer = await fetch(`${endpointUrl}/_iamd/dev/accounts`, { method: 'POST', headers: { 'x-iamd-dev': '1' } })
  const account: unknown = await answer.json()
  root = { accessKeyId: member(account, 'accessKeyId'), secretAccessKey: member(account, 'secretAccessKey') }
})
afterEach(() => rm(folder, { recursive: true }))

describe('iamd admin create', () => {
  it('leads from a fresh account to an administrator and a root user without a key', async () => {
    const { code, stdout, stderr } = await create(['alice', '--yes', '--write-profile', 'alice', '--lock-root'])
    assert.equal(code, 0, stderr)
    assert.match(stderr, /deleted root access key AKIA/)
    assert.match(stdout, /Password +\S{20}\n/)
    assert.doesNotMatch(stdout, /Secret access key/)
    const alice = await profileKey('alice')
    assert.deepEqual(
      (await iam(alice).send(new ListUsersCommand({}))).Users?.map(({ UserName }) => UserName),
      ['alice'],
    )
    const { Groups = [] } = await iam(alice).send(new ListGroupsForUserCommand({ UserName: 'alice' }))
    assert.deepEqual(
      Groups.map(({ GroupName }) => GroupName),
      ['Administrators'],
    )
    await iam(alice).send(new GetLoginProfileCommand({ UserName: 'alice' }))
    await assert.rejects(iam(root).send(new ListUsersCommand({})), { name: 'InvalidClientTokenId' })
  })

  it('writes a profile with which the AWS CLI works at once', async () => {
    const config = join(folder, 'config')
    await writeFile(config, '# mine\n[profile other]\nregion = eu-west-1\n')
    assert.equal((await create(['alice', '--yes', '--write-profile', 'alice'])).code, 0)
    const env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') }
    const { code, stdout, stderr } = await runProgram('aws', ['iam', 'get-user', '--profile', 'alice'], env)
    assert.equal(code, 0, stderr)
    assert.partialDeepStrictEqual(JSON.parse(stdout), { User: { UserName: 'alice' } })
    assert.ok((await readFile(config, 'utf8')).startsWith('# mine\n[profile other]\nregion = eu-west-1\n'))
    for (const path of Object.values(env)) assert.equal((await stat(path)).mode & 0o777, 0o600, path)
  })

  it('deactivates the root key where it shall not be deleted', async () => {
    const { code, stderr } = await create(['alice', '--yes', '--write-profile', 'alice', '--lock-root', 'deactivate'])
    assert.equal(code, 0, stderr)
    await assert.rejects(iam(root).send(new ListUsersCommand({})), { name: 'InvalidClientTokenId' })
    const alice = iam(await profileKey('alice'))
    const { SummaryMap } = await alice.send(new GetAccountSummaryCommand({}))
    assert.equal(SummaryMap?.AccountAccessKeysPresent, 1)
  })

  it('shows every secret once, and the shown key works', async () => {
    const { code, stdout, stderr } = await create(['alice', '--yes', '--output', 'json'])
    assert.equal(code, 0, stderr)
    const report: unknown = JSON.parse(stdout)
    const key = { accessKeyId: member(report, 'accessKeyId'), secretAccessKey: member(report, 'secretAccessKey') }
    await iam(key).send(new ListUsersCommand({}))
    for (const secret of [key.secretAccessKey, member(report, 'password')]) {
      assert.equal(`${stdout}${stderr}`.split(secret).length, 2)
    }
  })

  it('run again changes nothing', async () => {
    assert.equal((await create(['alice', '--yes', '--write-profile', 'alice'])).code, 0)
    const { code, stdout } = await create(['ALICE', '--yes', '--output', 'json'])
    assert.equal(code, 0)
    assert.equal(member(JSON.parse(stdout), 'status'), 'unchanged')
    const { AccessKeyMetadata = [] } = await iam(root).send(new ListAccessKeysCommand({ UserName: 'alice' }))
    assert.equal(AccessKeyMetadata.length, 1)
  })

  it('run without a terminal and without `--yes` shows the review and makes nothing', async () => {
    const { code, stderr } = await create(['alice'])
    assert.equal(code, 2)
    assert.match(stderr, /\+ access key of alice\n/)
    assert.deepEqual((await iam(root).send(new ListUsersCommand({}))).Users, [])
  })

  it('keeps the password policy of the account', async () => {
    const policy = { MinimumPasswordLength: 33, RequireNumbers: true, RequireSymbols: true }
    await iam(root).send(new UpdateAccountPasswordPolicyCommand(policy))
    const generated = await create(['alice', '--yes', '--no-programmatic', '--output', 'json'])
    assert.equal(member(JSON.parse(generated.stdout), 'password').length, 33)
    const given = await create(['bob', '--yes', '--password-stdin'], 'x'.repeat(33))
    assert.equal(given.code, 2)
    assert.match(given.stderr, /a number is needed; a symbol is needed/)
    assert.equal((await create(['bob', '--yes', '--password-stdin'], `${'x'.repeat(31)}1!\n`)).code, 0)
  })

  it('writes a credentials file that only its owner can read', async () => {
    const path = join(folder, 'alice.csv')
    const { code, stdout } = await create(['alice', '--yes', '--credentials-csv', path])
    assert.equal(code, 0)
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    const [header, row = ''] = (await readFile(path, 'utf8')).split('\r\n')
    assert.equal(header, 'User name,Password,Access key ID,Secret access key,Console login link')
    const [, , accessKeyId = '', secretAccessKey = ''] = row.split(',')
    await iam({ accessKeyId, secretAccessKey }).send(new ListUsersCommand({}))
    assert.ok(!stdout.includes(secretAccessKey))
  })

  it('stopped halfway by a policy says what it made, hands over what is secret, and goes on when allowed', async () => {
    assert.equal((await create(['boss', '--yes', '--write-profile', 'boss'])).code, 0)
    const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'iam:CreateAccessKey', Resource: '*' } }
    const policy = { UserName: 'boss', PolicyName: 'no-keys', PolicyDocument: JSON.stringify(deny) }
    await iam(root).send(new PutUserPolicyCommand(policy))
    const stopped = await create(['alice', '--yes', '--output', 'json', '--profile', 'boss'])
    assert.equal(stopped.code, 1)
    assert.match(
      stopped.stderr,
      /CreateAccessKey was refused: AccessDenied: User: arn:aws:iam::\d{12}:user\/boss is not authorized/,
    )
    assert.match(stopped.stderr, /To undo: iamd admin create alice --undo /)
    assert.equal(member(JSON.parse(stopped.stdout), 'status'), 'failed')
    assert.equal(member(JSON.parse(stopped.stdout), 'password').length, 20)
    assert.deepEqual(listed(stopped.stdout, 'made'), [
      'user /alice',
      'user alice in group Administrators',
      'password of alice',
    ])
    const { Users = [] } = await iam(root).send(new GetGroupCommand({ GroupName: 'Administrators' }))
    assert.equal(Users.length, 2)
    const resumed = await create(['alice', '--yes', '--output', 'json'])
    assert.equal(resumed.code, 0)
    assert.match(resumed.stdout, /"made": \[\s+"access key of alice"\s+\]/)
  })

  it('does not lock root for a caller who is not root', async () => {
    assert.equal((await create(['boss', '--yes', '--write-profile', 'boss'])).code, 0)
    const { code, stderr } = await create(['alice', '--yes', '--lock-root', '--profile', 'boss'])
    assert.equal(code, 1)
    assert.match(stderr, /`--lock-root` needs the root user's own access key/)
    assert.equal((await iam(root).send(new ListUsersCommand({}))).Users?.length, 1)
  })

  it('is undone by `--undo`, group and all', async () => {
    assert.equal((await create(['alice', '--yes'])).code, 0)
    assert.equal((await iam(root).send(new ListUsersCommand({}))).Users?.length, 1)
    const { code, stderr } = await create(['alice', '--undo', '--yes'])
    assert.equal(code, 0, stderr)
    assert.deepEqual((await iam(root).send(new ListUsersCommand({}))).Users, [])
    assert.deepEqual((await iam(root).send(new ListGroupsCommand({}))).Groups, [])
  })
})

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

// Files and keys come from the test alone; without `--profile` root signs.
function create(args: readonly string[], stdin = ''): Promise<Ended> {
  const { PATH, HOME } = process.env
  const keys = args.includes('--profile')
    ? {}
    : { AWS_ACCESS_KEY_ID: root.accessKeyId, AWS_SECRET_ACCESS_KEY: root.secretAccessKey }
  const env = {
    PATH,
    HOME,
    ...keys,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  }
  const typed = [door, 'admin', 'create', ...args, '--endpoint-url', endpointUrl]
  return new Promise((resolve) => {
    const child = execFile(process.execPath, typed, { env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
    child.stdin?.end(stdin)
  })
}

function iam(credentials: Key): IAMClient {
  return new IAMClient({ endpoint: endpointUrl, region: 'us-east-1', credentials, maxAttempts: 1 })
}

async function profileKey(name: string): Promise<Key> {
  const text = await readFile(join(folder, 'credentials'), 'utf8')
  const [, accessKeyId = '', secretAccessKey = ''] =
    new RegExp(`\\[${name}\\]\naws_access_key_id = (.+)\naws_secret_access_key = (.+)\n`).exec(text) ?? []
  return { accessKeyId, secretAccessKey }
}

function listed(stdout: string, name: string): unknown {
  const report: unknown = JSON.parse(stdout)
  assert.ok(typeof report === 'object' && report !== null)
  return Object.entries(report).find(([key]) => key === name)?.[1]
}

function member(value: unknown, name: string): string {
  assert.ok(typeof value === 'object' && value !== null)
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1]
  assert.ok(typeof found === 'string', `\`${name}\` is missing`)
  return found
}
