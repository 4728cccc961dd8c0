// `iamd start --workers 2` as an operator uses it: how it starts, what signals do to it, and that it leaves no process behind.
// Workers write to the supervisor's standard error, so `ended` resolves only when each of them has ended too.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { CreateUserCommand, GetUserCommand } from '@aws-sdk/client-iam'
import { IamdProcess, runIamd, textOf } from './service/iamd-process.ts'
import { iamOf } from './service/sdk-clients.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

const timeout = 10_000

interface Started {
  readonly supervisor: IamdProcess
  readonly url: string
  readonly root: unknown
}

async function startTwo(context: TestContext, data: string, ...words: readonly string[]): Promise<Started> {
  const all = ['start', '--data', data, '--listen', '127.0.0.1:0', '--output', 'json', '--workers', '2', ...words]
  const supervisor = new IamdProcess(context, all, { isGroup: true })
  const running = await supervisor.firstObject()
  return { supervisor, url: textOf(running, 'url'), root: running['rootCredential'] }
}

/** What a terminal does with Ctrl-C: every process of the group gets the signal. */
function signalGroup({ child }: IamdProcess, signal: NodeJS.Signals): void {
  assert(child.pid !== undefined)
  process.kill(-child.pid, signal)
}

test(
  'two workers serve when the ready line is there, and SIGTERM to the supervisor ends all of them',
  { timeout },
  async (t) => {
    const data = await temporaryDirectory(t)
    const words = ['start', '--data', data, '--listen', '127.0.0.1:0', '--workers', '2']
    const supervisor = new IamdProcess(t, words)
    const [, url = ''] = await supervisor.said('stderr', /^iamd: production profile at (\S+), data in .*\n/)
    // Each has a connection of its own, and connections are dealt out to the workers in turn.
    for (let call = 0; call < 2; call += 1) {
      assert.equal((await fetch(`${url}/health`, { headers: { connection: 'close' } })).status, 200)
    }
    const { code, stderr } = await supervisor.stop('SIGTERM')
    assert.equal(code, 0)
    assert.match(stderr, /\nSIGTERM: stopping; .*\n$/)
    assert.doesNotMatch(stderr, /"level"/)
    await assert.rejects(fetch(`${url}/health`))
  },
)

test(
  'Ctrl-C, which reaches every process of the group, lets calls finish and ends all of them',
  { timeout },
  async (t) => {
    const { supervisor, url } = await startTwo(t, await temporaryDirectory(t))
    const call = request(`${url}/`, { method: 'POST', headers: { 'content-length': '10' } })
    call.write('Action')
    await new Promise((resolve) => call.once('socket', (socket) => socket.once('connect', resolve)))
    // Answers of both workers on later connections say that one of them has the call.
    for (let later = 0; later < 2; later += 1) await fetch(`${url}/health`, { headers: { connection: 'close' } })
    signalGroup(supervisor, 'SIGINT')
    await supervisor.said('stderr', /SIGINT: stopping/)
    call.end('=abc')
    const response = await new Promise<IncomingMessage>((resolve) => call.once('response', resolve))
    assert.equal(response.statusCode, 400)
    response.resume()
    const { code, stderr } = await supervisor.ended()
    assert.equal(code, 0)
    assert.doesNotMatch(stderr, /"level":50/)
  },
)

test('a second signal ends all of them at once', { timeout }, async (t) => {
  const { supervisor, url } = await startTwo(t, await temporaryDirectory(t))
  const call = request(`${url}/`, { method: 'POST', headers: { 'content-length': '10' } })
  call.on('error', () => {})
  call.write('Action')
  await new Promise((resolve) => call.once('socket', (socket) => socket.once('connect', resolve)))
  supervisor.child.kill('SIGTERM')
  await supervisor.said('stderr', /SIGTERM: stopping/)
  assert.equal((await supervisor.stop('SIGTERM')).code, 143)
})

test(
  'SIGKILL of the supervisor ends the workers, and the next start has what was acknowledged',
  { timeout },
  async (t) => {
    const data = await temporaryDirectory(t)
    const { supervisor, url, root } = await startTwo(t, data)
    await iamOf(url, root).send(new CreateUserCommand({ UserName: 'ann' }))
    await supervisor.stop('SIGKILL')
    await assert.rejects(fetch(`${url}/health`))
    const again = await startTwo(t, data)
    const { User } = await iamOf(again.url, root).send(new GetUserCommand({ UserName: 'ann' }))
    assert.equal(User?.UserName, 'ann')
    await again.supervisor.stop()
  },
)

test('M-06: no worker opens a debugger', { timeout }, async (t) => {
  const { supervisor } = await startTwo(t, await temporaryDirectory(t))
  signalGroup(supervisor, 'SIGUSR1')
  await supervisor.said('stderr', /(?:SIGUSR1 was ignored[^]*){3}/)
  assert.doesNotMatch((await supervisor.stop()).stderr, /Debugger listening/)
})

test('a second start on the same data directory says that the supervisor holds it', async (t) => {
  const data = await temporaryDirectory(t)
  const { supervisor } = await startTwo(t, data)
  const second = await runIamd(t, ['start', '--data', data, '--listen', '127.0.0.1:0', '--workers', '2'])
  assert.equal(second.code, 1)
  assert.match(
    second.stderr,
    new RegExp(`^iamd: .* is in use by process ${supervisor.child.pid} on .*; stop that .*\n$`),
  )
  await supervisor.stop()
})

test('workers that cannot start end the start with one line', async (t) => {
  const folder = await temporaryDirectory(t)
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const address = taken.address()
  assert(typeof address === 'object' && address !== null)
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--listen', `127.0.0.1:${address.port}`], /the port is taken; stop what has it, or choose another/],
    [['--tls-cert', join(folder, 'no.pem'), '--tls-key', 'no.key'], /the TLS certificate `.*no\.pem` cannot be read/],
    [['--trusted-proxy', 'example.com'], /`example\.com` is not an IP address range/],
  ]
  const all = ['start', '--listen', '127.0.0.1:0', '--workers', '2']
  for (const [at, [words, line]] of cases.entries()) {
    const failed = await runIamd(t, [...all, '--data', join(folder, String(at)), ...words])
    assert.equal(failed.code, 1, failed.stderr)
    assert.match(failed.stderr, line)
    assert.match(failed.stderr, /^iamd: .*\n$/)
  }
})

test('a number of workers that nobody means is refused', { timeout }, async (t) => {
  const { code, stderr } = await runIamd(t, ['start', '--data', await temporaryDirectory(t), '--workers', '0'])
  assert.equal(code, 2)
  assert.match(stderr, /a number from 1 to 64/)
})
