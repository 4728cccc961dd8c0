// `iamd start` with TLS: the AWS SDK through it, and certificates that are renewed while clients call.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { connect } from 'node:tls'
import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { IamdProcess, textOf } from './service/iamd-process.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

const pairs = join(import.meta.dirname, 'fixtures', 'tls')
const ca = await Promise.all(['first', 'second'].map((pair) => readFile(join(pairs, `${pair}.crt`), 'utf8')))

class TlsServer {
  readonly process: IamdProcess
  readonly folder: string

  private constructor(context: TestContext, folder: string, words: readonly string[]) {
    this.folder = folder
    const tls = ['--tls-cert', join(folder, 'tls.crt'), '--tls-key', join(folder, 'tls.key')]
    const all = [
      'start',
      '--data',
      join(folder, 'data'),
      '--listen',
      '127.0.0.1:0',
      '--output',
      'json',
      ...tls,
      ...words,
    ]
    this.process = new IamdProcess(context, all)
  }

  static async start(context: TestContext, ...words: readonly string[]): Promise<TlsServer> {
    const folder = await temporaryDirectory(context)
    await usePair(folder, 'first')
    return new TlsServer(context, folder, words)
  }

  /** A client with connections of its own; without `keepAlive` each call has a new one. */
  async client(context: TestContext, { keepAlive }: { readonly keepAlive: boolean }): Promise<IAMClient> {
    const running = await this.process.firstObject()
    const root = running['rootCredential']
    const iam = new IAMClient({
      endpoint: textOf(running, 'url'),
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId: textOf(root, 'accessKeyId'), secretAccessKey: textOf(root, 'secretAccessKey') },
      requestHandler: { httpsAgent: new Agent({ ca, keepAlive }) },
    })
    context.after(() => iam.destroy())
    return iam
  }

  /** The subject of the certificate that a new connection is shown. */
  async shown(): Promise<string> {
    const { port } = new URL(textOf(await this.process.firstObject(), 'url'))
    const socket = connect({ port: Number(port), host: '127.0.0.1', ca })
    await once(socket, 'secureConnect')
    const { subject } = socket.getPeerCertificate()
    socket.destroy()
    return String(subject.O)
  }
}

async function usePair(folder: string, pair: 'first' | 'second'): Promise<void> {
  await copyFile(join(pairs, `${pair}.crt`), join(folder, 'tls.crt'))
  await copyFile(join(pairs, `${pair}.key`), join(folder, 'tls.key'))
}

/** Calls until `isOver`; how many calls were answered, and what came of the others. */
async function callUntil(isOver: () => boolean, iam: IAMClient): Promise<{ answered: number; failures: unknown[] }> {
  const failures: unknown[] = []
  let answered = 0
  while (!isOver()) {
    await iam.send(new GetUserCommand({})).then(
      () => (answered += 1),
      (error: unknown) => failures.push(error),
    )
  }
  return { answered, failures }
}

test('a certificate that is renewed while clients call costs no call, and new connections are shown it', async (t) => {
  const server = await TlsServer.start(t)
  const clients = await Promise.all([true, true, false, false].map((keepAlive) => server.client(t, { keepAlive })))
  let isOver = false
  const calling = clients.map((client) => callUntil(() => isOver, client))
  assert.equal(await server.shown(), 'iamd first')
  await usePair(server.folder, 'second')
  await server.process.said('stderr', /the certificate was read again; it is valid until 20/)
  assert.equal(await server.shown(), 'iamd second')
  isOver = true
  for (const { answered, failures } of await Promise.all(calling)) {
    assert.deepEqual(failures, [])
    assert.ok(answered > 0)
  }
  assert.equal((await server.process.stop()).code, 0)
})

test('a broken pair leaves the certificate before in use, with one line of what is wrong', async (t) => {
  const server = await TlsServer.start(t)
  const iam = await server.client(t, { keepAlive: false })
  await writeFile(join(server.folder, 'tls.crt'), '')
  await writeFile(join(server.folder, 'tls.key'), 'no key')
  server.process.child.kill('SIGHUP')
  await server.process.said('stderr', /the certificate before stays in use: /)
  assert.equal(await server.shown(), 'iamd first')
  const { User } = await iam.send(new GetUserCommand({}))
  assert.match(User?.Arn ?? '', /:root$/)
  await usePair(server.folder, 'second')
  server.process.child.kill('SIGHUP')
  await server.process.said('stderr', /the certificate was read again/)
  assert.equal(await server.shown(), 'iamd second')
  const { stderr } = await server.process.stop()
  assert.equal(stderr.match(/stays in use/g)?.length, 1, stderr)
})

test('on SIGHUP every worker takes the renewed certificate', async (t) => {
  const server = await TlsServer.start(t, '--workers', '2')
  const iam = await server.client(t, { keepAlive: false })
  await usePair(server.folder, 'second')
  server.process.child.kill('SIGHUP')
  await server.process.said('stderr', /(the certificate was read again[^]*){2}/)
  // Connections are dealt out to the workers in turn.
  assert.deepEqual([await server.shown(), await server.shown()], ['iamd second', 'iamd second'])
  await iam.send(new GetUserCommand({}))
  assert.equal((await server.process.stop()).code, 0)
})

test('what does not speak TLS is not answered, and a client that does not know the issuer does not call', async (t) => {
  const server = await TlsServer.start(t)
  const url = textOf(await server.process.firstObject(), 'url')
  assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/)
  await assert.rejects(fetch(`${url.replace('https', 'http')}/health`))
  await assert.rejects(fetch(`${url}/health`))
  const iam = await server.client(t, { keepAlive: true })
  await iam.send(new GetUserCommand({}))
})
