// `iamd start` as an operator uses it: the real command, its data directory, signals, and what it refuses.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { CreateAccessKeyCommand, CreateUserCommand, GetUserCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { IamdProcess, runIamd, textOf } from './service/iamd-process.ts'
import { iamOf, stsOf } from './service/sdk-clients.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

interface Started {
  readonly server: IamdProcess
  readonly url: string
  readonly root: unknown
}

async function start(context: TestContext, data: string, ...words: readonly string[]): Promise<Started> {
  const all = ['start', '--data', data, '--listen', '127.0.0.1:0', '--output', 'json', ...words]
  const server = new IamdProcess(context, all)
  const running = await server.firstObject()
  return { server, url: textOf(running, 'url'), root: running['rootCredential'] }
}

test('the first start makes the account and shows its root credential once', async (t) => {
  const data = join(await temporaryDirectory(t), 'data')
  const first = new IamdProcess(t, ['start', '--data', data, '--listen', '127.0.0.1:0'])
  const [, url = ''] = await first.said('stderr', /production profile at (\S+), data in .*\n/)
  const [, accessKeyId, secretAccessKey] = await first.said(
    'stdout',
    /Access key ID +(\S+) [^]*Secret access key +(\S+) [^]*\n\+-+\+\n/,
  )
  const { Arn } = await stsOf(url, { accessKeyId, secretAccessKey }).send(new GetCallerIdentityCommand({}))
  assert.match(Arn ?? '', /^arn:aws:iam::\d{12}:root$/)
  assert.equal((await first.stop()).code, 0)

  const second = await start(t, data)
  assert.equal(second.root, undefined)
  const again = await stsOf(second.url, { accessKeyId, secretAccessKey }).send(new GetCallerIdentityCommand({}))
  assert.equal(again.Arn, Arn)
})

test('M-01: two installations have nothing in their root credentials in common', async (t) => {
  const folder = await temporaryDirectory(t)
  const [one, other] = await Promise.all([start(t, join(folder, 'a')), start(t, join(folder, 'b'))])
  for (const member of ['accountId', 'password', 'accessKeyId', 'secretAccessKey']) {
    assert.notEqual(textOf(one.root, member), textOf(other.root, member), member)
  }
  assert.match(textOf(one.root, 'password'), /^.{20,}$/)
  await assert.rejects(stsOf(other.url, one.root).send(new GetCallerIdentityCommand({})), {
    name: 'InvalidClientTokenId',
  })
})

test('M-04: only /health answers those who do not sign, and the conveniences of the emulator are not there', async (t) => {
  const { url } = await start(t, await temporaryDirectory(t))
  const health = await fetch(`${url}/health`)
  assert.deepEqual([health.status, await health.text()], [200, 'ok\n'])
  const headers = { 'x-iamd-dev': '1' }
  for (const path of [
    '/_iamd/dev/reset',
    '/_iamd/dev/accounts',
    '/_iamd/dev/clock',
    '/metrics',
    '/config',
    '/health/x',
  ]) {
    for (const method of ['GET', 'POST']) {
      assert.equal((await fetch(url + path, { method, headers })).status, 404, `${method} ${path}`)
    }
  }
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
  const unsigned = await fetch(url, { ...form, body: 'Action=GetCallerIdentity&Version=2011-06-15' })
  assert.equal(unsigned.status, 403)
  assert.match(await unsigned.text(), /<Code>MissingAuthenticationToken<\/Code>/)
})

test('M-05, M-09: no secret lies readable in the data directory, and only its owner may read it', async (t) => {
  const data = join(await temporaryDirectory(t), 'data')
  const { server, url, root } = await start(t, data)
  const iam = iamOf(url, root)
  const secrets = [textOf(root, 'secretAccessKey'), textOf(root, 'password')]
  for (const UserName of ['ann', 'ben', 'cleo']) {
    await iam.send(new CreateUserCommand({ UserName }))
    for (let key = 0; key < 2; key += 1) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
      secrets.push(textOf(AccessKey, 'SecretAccessKey'))
    }
  }
  assert.equal((await stat(data)).mode & 0o777, 0o700)
  await assertNothingReadable(data, secrets)
  await server.stop()
  await assertNothingReadable(data, secrets)
})

async function assertNothingReadable(data: string, secrets: readonly string[]): Promise<void> {
  for (const name of await readdir(data)) {
    const path = join(data, name)
    assert.equal((await stat(path)).mode & 0o077, 0, name)
    const content = await readFile(path)
    for (const secret of secrets) {
      const forms = [
        secret,
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        Buffer.from(secret).toString('hex'),
      ]
      for (const form of forms) assert.equal(content.includes(form), false, `a secret in ${name}`)
    }
  }
}

test('M-06: production is not started under a debugger, and none can be opened later', async (t) => {
  const data = await temporaryDirectory(t)
  const words = ['start', '--data', data, '--listen', '127.0.0.1:0']
  for (const option of ['--inspect=127.0.0.1:0', '--heapsnapshot-signal=SIGUSR2']) {
    const refused = await runIamd(t, words, { nodeOptions: [option] })
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /would show secrets/)
  }
  const { server, url } = await start(t, data)
  server.child.kill('SIGUSR1')
  await server.said('stderr', /SIGUSR1 was ignored/)
  assert.equal((await fetch(`${url}/health`)).status, 200)
  assert.doesNotMatch((await server.stop()).stderr, /Debugger listening/)
})

test('SIGTERM lets the call that runs finish, accepts no other, and loses nothing', async (t) => {
  const data = await temporaryDirectory(t)
  const { server, url, root } = await start(t, data)
  const call = request(`${url}/`, { method: 'POST', headers: { 'content-length': '10' } })
  call.write('Action')
  await new Promise((resolve) => call.once('socket', (socket) => socket.once('connect', resolve)))
  await iamOf(url, root).send(new CreateUserCommand({ UserName: 'ann' }))
  server.child.kill('SIGTERM')
  await server.said('stderr', /SIGTERM: stopping/)
  await assert.rejects(fetch(`${url}/health`))
  call.end('=abc')
  const response = await new Promise<IncomingMessage>((resolve) => call.once('response', resolve))
  assert.equal(response.statusCode, 400)
  response.resume()
  assert.equal((await server.ended()).code, 0)
  const again = await start(t, data)
  const { User } = await iamOf(again.url, root).send(new GetUserCommand({ UserName: 'ann' }))
  assert.equal(User?.UserName, 'ann')
})

test('a second signal ends the process at once', async (t) => {
  const { server, url } = await start(t, await temporaryDirectory(t))
  const call = request(`${url}/`, { method: 'POST', headers: { 'content-length': '10' } })
  call.on('error', () => {})
  call.write('Action')
  await new Promise((resolve) => call.once('socket', (socket) => socket.once('connect', resolve)))
  server.child.kill('SIGINT')
  await server.said('stderr', /SIGINT: stopping/)
  assert.equal((await server.stop('SIGINT')).code, 130)
})

test('a second start on the same data directory says who holds it', async (t) => {
  const data = await temporaryDirectory(t)
  const { server } = await start(t, data)
  const second = await runIamd(t, ['start', '--data', data, '--listen', '127.0.0.1:0'])
  assert.equal(second.code, 1)
  assert.match(second.stderr, new RegExp(`is in use by process ${server.child.pid} on .*; stop that process.*\n$`))
})

test('a start that fails has made no account, and says in one line what to do', async (t) => {
  const folder = await temporaryDirectory(t)
  const data = join(folder, 'data')
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const address = taken.address()
  assert(typeof address === 'object' && address !== null)
  const text = join(folder, 'text.pem')
  await writeFile(text, 'no certificate')
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['--listen', `127.0.0.1:${address.port}`], 1, /the port is taken; stop what has it, or choose another/],
    [['--listen', '0.0.0.0:0'], 2, /can be reached from other machines.*`--insecure-listen`/],
    [['--listen', 'nonsense'], 2, /`--listen nonsense` is not an address/],
    [['--tls-cert', join(folder, 'no.pem'), '--tls-key', text], 1, /the TLS certificate `.*no\.pem` cannot be read/],
    [['--tls-cert', text, '--tls-key', text], 1, /are not a PEM certificate and its unencrypted key/],
    [['--tls-cert', text], 2, /`--tls-cert` and `--tls-key` belong together/],
    [['--master-key-command', '/no/such/program'], 1, /the master key command `\/no\/such\/program` failed/],
  ]
  for (const [words, code, line] of cases) {
    const failed = await runIamd(t, ['start', '--data', data, '--listen', '127.0.0.1:0', ...words])
    assert.equal(failed.code, code, failed.stderr)
    assert.match(failed.stderr, line)
    assert.equal(failed.stderr.split('\n').length, 2, failed.stderr)
  }
  const { root } = await start(t, data)
  assert.match(textOf(root, 'accountId'), /^\d{12}$/)
})

test('a wrong master key, a damaged store and a place that cannot be written are one line each', async (t) => {
  const folder = await temporaryDirectory(t)
  const data = join(folder, 'data')
  await (await start(t, data)).server.stop()
  const words = ['start', '--listen', '127.0.0.1:0', '--data']
  const env = { IAMD_MASTER_KEY: Buffer.alloc(32, 'not this one').toString('base64') }
  const wrongKey = await runIamd(t, [...words, data], { env })
  assert.match(wrongKey.stderr, /^iamd: .* needs the master key [0-9a-f]{16}, and the one given is .*\n$/)
  await writeFile(join(data, 'journal.sqlite'), 'this is no database, and it is long enough to be looked at')
  const damaged = await runIamd(t, [...words, data])
  assert.match(damaged.stderr, /^iamd: .*journal\.sqlite.*restore it from a backup\n$/)
  const unwritable = await runIamd(t, [...words, join(data, 'lock', 'data')])
  assert.match(unwritable.stderr, /^iamd: .* cannot be locked: .*; check that the directory is yours to write.*\n$/)
  assert.deepEqual([wrongKey.code, damaged.code, unwritable.code], [1, 1, 1])
})
