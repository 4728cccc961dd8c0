// `iamd dev` as test suites use it: the real command, accounts on request, reset, clock, soft mode, and no web page let in.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { IamdProcess, objectOf, runIamd, textOf } from './service/iamd-process.ts'
import { iamOf, stsOf } from './service/sdk-clients.ts'

interface Posted {
  readonly status: number
  readonly answer: Readonly<Record<string, unknown>>
}

interface Emulator {
  readonly server: IamdProcess
  readonly url: string
  readonly root: unknown
  readonly post: (path: string, body?: object) => Promise<Posted>
}

async function startDev(context: TestContext, ...words: readonly string[]): Promise<Emulator> {
  const server = new IamdProcess(context, ['dev', '--listen', '127.0.0.1:0', '--output', 'json', ...words])
  const root = await server.firstObject()
  const url = textOf(root, 'url')
  return {
    server,
    url,
    root,
    async post(path, body) {
      const headers = { 'x-iamd-dev': '1' }
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const response = await fetch(url + path, { method: 'POST', headers, ...sent })
      return { status: response.status, answer: objectOf(await response.text()) }
    },
  }
}

test('the account and the root key are those of the flags, and a reset keeps them and nothing else', async (t) => {
  const rootKey = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
  const key = ['--root-access-key-id', rootKey.accessKeyId, '--root-secret-access-key', rootKey.secretAccessKey]
  const { server, url, post } = await startDev(t, '--account', '000000000042', ...key)
  const iam = iamOf(url, rootKey)
  await iam.send(new CreateUserCommand({ UserName: 'ann' }))
  const other = await post('/_iamd/dev/accounts')
  await post('/_iamd/dev/clock', { set: '2031-01-01T00:00:00Z' })

  const reset = await post('/_iamd/dev/reset')
  assert.deepEqual(reset, { status: 200, answer: { accountId: '000000000042', ...rootKey } })
  assert.deepEqual((await iam.send(new ListUsersCommand({}))).Users, [])
  const { User } = await iam.send(new CreateUserCommand({ UserName: 'ann' }))
  assert(User?.CreateDate !== undefined && User.CreateDate < new Date('2031-01-01'), 'the clock is the machine’s again')
  await assert.rejects(stsOf(url, other.answer).send(new GetCallerIdentityCommand({})), {
    name: 'InvalidClientTokenId',
  })
  assert.equal((await server.stop()).code, 0)
})

test('each account on request is empty, has its own root key, and is made in a few milliseconds', async (t) => {
  const { url, post } = await startDev(t)
  await post('/_iamd/dev/accounts')
  const startedAt = performance.now()
  const accounts = await Promise.all(Array.from({ length: 20 }, async () => (await post('/_iamd/dev/accounts')).answer))
  const eachMs = (performance.now() - startedAt) / accounts.length
  assert(eachMs < 25, `${eachMs} ms`)
  assert.equal(new Set(accounts.map((account) => textOf(account, 'accountId'))).size, accounts.length)
  const [one, other] = accounts
  await iamOf(url, one).send(new CreateUserCommand({ UserName: 'ann' }))
  assert.deepEqual((await iamOf(url, other).send(new ListUsersCommand({}))).Users, [])
  const { Account } = await stsOf(url, other).send(new GetCallerIdentityCommand({}))
  assert.equal(Account, textOf(other, 'accountId'))
})

test('calls in flight during a reset are answered by one world or the other, never by half of one', async (t) => {
  const { url, root, post } = await startDev(t)
  const iam = iamOf(url, root)
  let isResetting = true
  const calling = Array.from({ length: 8 }, async (_, caller) => {
    for (let turn = 0; isResetting; turn += 1) {
      const UserName = `user-${caller}-${turn}`
      const { User } = await iam.send(new CreateUserCommand({ UserName }))
      assert.equal(User?.UserName, UserName)
    }
  })
  for (let reset = 0; reset < 20; reset += 1) assert.equal((await post('/_iamd/dev/reset')).status, 200)
  isResetting = false
  await Promise.all(calling)
})

test('the clock is set, moved on and given back; signatures follow the machine’s', async (t) => {
  const { url, root, post } = await startDev(t)
  const iam = iamOf(url, root)
  const createdAt = async (UserName: string): Promise<string | undefined> =>
    (await iam.send(new CreateUserCommand({ UserName }))).User?.CreateDate?.toISOString()
  assert.deepEqual((await post('/_iamd/dev/clock', { set: '2030-06-01T12:00:00Z' })).answer, {
    time: '2030-06-01T12:00:00.000Z',
    isStopped: true,
  })
  assert.equal(await createdAt('ann'), '2030-06-01T12:00:00.000Z')
  assert.equal((await post('/_iamd/dev/clock', { advanceSeconds: 86_400 })).answer['time'], '2030-06-02T12:00:00.000Z')
  assert.equal(await createdAt('ben'), '2030-06-02T12:00:00.000Z')
  assert.equal((await post('/_iamd/dev/clock', { follow: true })).answer['isStopped'], false)
  assert(Math.abs(Date.parse((await createdAt('cleo')) ?? '') - Date.now()) < 60_000)
  for (const wrong of [
    {},
    { set: 'tomorrow' },
    { set: '2030-06-01T12:00:00' },
    { advanceSeconds: 1e300 },
    { follow: 1 },
  ]) {
    assert.equal((await post('/_iamd/dev/clock', wrong)).status, 400, JSON.stringify(wrong))
  }
})

test('a policy that ends at a time is decided by the set clock', async (t) => {
  const { url, root, post } = await startDev(t)
  const iam = iamOf(url, root)
  await iam.send(new CreateUserCommand({ UserName: 'ann' }))
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'iam:GetUser',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
    },
  })
  await iam.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'until-2030', PolicyDocument }))
  const ann = iamOf(url, await accessKeyOf(iam, 'ann'))
  await post('/_iamd/dev/clock', { set: '2029-12-31T23:59:59Z' })
  assert.equal((await ann.send(new GetUserCommand({ UserName: 'ann' }))).User?.UserName, 'ann')
  await post('/_iamd/dev/clock', { advanceSeconds: 1 })
  await assert.rejects(ann.send(new GetUserCommand({ UserName: 'ann' })), { name: 'AccessDenied' })
})

test('soft mode lets through what policies deny, logs it, and says so in every answer', async (t) => {
  const { server, url, root } = await startDev(t, '--soft')
  const iam = iamOf(url, root)
  await iam.send(new CreateUserCommand({ UserName: 'ann' }))
  const ann = iamOf(url, await accessKeyOf(iam, 'ann'))
  assert.equal((await ann.send(new ListUsersCommand({}))).Users?.length, 1)
  await server.said('stderr', /"action":"iam:ListUsers".*"would be denied"/)
  for (const path of ['/', '/health', '/nothing', '/_iamd/dev/reset']) {
    assert.equal((await fetch(url + path)).headers.get('x-iamd-soft-mode'), 'on', path)
  }
  const refused = await fetch(url, { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: 'x' })
  assert.deepEqual([refused.status, refused.headers.get('x-iamd-soft-mode')], [415, 'on'])
  const strict = await startDev(t)
  assert.equal((await fetch(strict.url)).headers.has('x-iamd-soft-mode'), false)
})

test('soft mode is said on the terminal', async (t) => {
  const server = new IamdProcess(t, ['dev', '--listen', '127.0.0.1:0', '--soft'])
  await server.said(
    'stderr',
    /emulator profile.*in memory[^]*soft mode: what policies deny is logged here and let through/,
  )
})

test('no web page can call the conveniences, not even under a name that leads to this machine', async (t) => {
  const { url, post } = await startDev(t, '--dev-host', 'iamd')
  const { port } = new URL(url)
  const dev = { 'x-iamd-dev': '1' }
  const refused: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'x-iamd-dev': '0' },
    { ...dev, origin: 'http://evil.example' },
    { ...dev, origin: `http://localhost:${port}` },
    { ...dev, origin: 'null' },
    { ...dev, 'sec-fetch-site': 'cross-site' },
    { ...dev, 'sec-fetch-site': 'same-origin' },
    { ...dev, host: `evil.example:${port}` },
    { ...dev, host: `localhost.evil.example:${port}` },
    { ...dev, host: `127.0.0.1.evil.example:${port}` },
    { ...dev, host: 'localhost@evil.example' },
    { ...dev, host: '' },
  ]
  for (const headers of refused) assert.equal(await statusOf(url, 'POST', headers), 403, JSON.stringify(headers))
  for (const host of [
    'localhost',
    `localhost:${port}`,
    `a.localhost:${port}`,
    `[::1]:${port}`,
    '192.0.2.7',
    'IAMD:80',
  ]) {
    assert.equal(await statusOf(url, 'POST', { ...dev, host }), 200, host)
  }
  for (const method of ['GET', 'OPTIONS', 'PUT']) assert.equal(await statusOf(url, method, dev), 405, method)
  const preflight = await fetch(`${url}/_iamd/dev/reset`, {
    method: 'OPTIONS',
    headers: { origin: 'http://evil.example' },
  })
  assert.equal(preflight.headers.has('access-control-allow-origin'), false)
  assert.equal((await post('/_iamd/dev/clock', { set: 'x'.repeat(5000) })).status, 400)
})

test('what was typed wrongly is refused in one line', async (t) => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--account', '42'], /`--account 42` is not an account number; give 12 digits/],
    [['--root-access-key-id', 'AKIAIOSFODNN7EXAMPLE'], /belong together; give both/],
    [['--root-access-key-id', 'test', '--root-secret-access-key', 'test'], /`test` is not an access key id/],
    [['--listen', '0.0.0.0:0'], /can be reached from other machines; say so with `--insecure-listen`/],
  ]
  for (const [words, line] of cases) {
    const failed = await runIamd(t, ['dev', ...words])
    assert.deepEqual([failed.code, failed.stderr.split('\n').length], [2, 2], failed.stderr)
    assert.match(failed.stderr, line)
  }
})

test('the AWS CLI works with the lines that it prints', async (t) => {
  const server = new IamdProcess(t, ['dev', '--listen', '127.0.0.1:0'])
  const [lines] = await server.said('stdout', /^(?:export .*\n){4}/)
  const script = `${lines}aws iam create-user --user-name ann --query User.Arn --output text`
  const { stdout } = await promisify(execFile)('bash', ['-ec', script], { env: { PATH: process.env['PATH'] } })
  assert.equal(stdout, 'arn:aws:iam::123456789012:user/ann\n')
})

async function accessKeyOf(iam: ReturnType<typeof iamOf>, UserName: string): Promise<object> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: textOf(AccessKey, 'AccessKeyId'), secretAccessKey: textOf(AccessKey, 'SecretAccessKey') }
}

/** Not with fetch, which does not let a Host be set. */
async function statusOf(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const call = request(`${url}/_iamd/dev/reset`, { method, headers, setHost: false })
  if (headers['host'] === undefined) call.setHeader('host', new URL(url).host)
  const answered = new Promise<IncomingMessage>((resolve) => call.once('response', resolve))
  call.end()
  const response = await answered
  response.resume()
  await once(response, 'end')
  return response.statusCode
}
