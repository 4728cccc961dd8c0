// `iamd start` behind proxies: what a trusted one says of a client decides, and what anybody else says does not.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  type IAMClientConfig,
  IAMClient,
  ListUsersCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { IamdProcess, runIamd, textOf } from './service/iamd-process.ts'
import { startByteProxy, startRequestProxy } from './service/proxies.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

/** The network that ann's policy names; everybody else is a stranger. */
const INSIDE = '198.51.100.7'
const STRANGER = '203.0.113.9'
const denied = { name: 'AccessDenied' }
const certificate = join(import.meta.dirname, 'fixtures', 'tls', 'first.crt')

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iam:GetUser',
      Resource: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
    },
    { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
  ],
}

interface Installation {
  readonly port: number
  /** May get users from inside, and list them over a secure way. */
  readonly annAt: (port: number, configuration?: IAMClientConfig) => IAMClient
}

interface InstallOptions {
  readonly words: readonly string[]
  /** The port that the root user calls, where that is not the server's own. */
  readonly through?: (port: number) => number
}

async function install(
  context: TestContext,
  { words, through = (port) => port }: InstallOptions,
): Promise<Installation> {
  const data = await temporaryDirectory(context)
  const all = ['start', '--data', data, '--listen', '127.0.0.1:0', '--output', 'json', ...words]
  const running = await new IamdProcess(context, all).firstObject()
  const url = new URL(textOf(running, 'url'))
  const clientAt = (port: number, key: unknown, more: IAMClientConfig = {}): IAMClient => {
    const credentials = { accessKeyId: textOf(key, 'AccessKeyId'), secretAccessKey: textOf(key, 'SecretAccessKey') }
    const endpoint = `${url.protocol}//127.0.0.1:${port}`
    const requestHandler = { httpsAgent: new Agent({ ca, keepAlive: true }) }
    const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1, requestHandler, ...more })
    context.after(() => iam.destroy())
    return iam
  }
  const rootKey = running['rootCredential']
  const root = clientAt(through(Number(url.port)), {
    AccessKeyId: textOf(rootKey, 'accessKeyId'),
    SecretAccessKey: textOf(rootKey, 'secretAccessKey'),
  })
  await root.send(new CreateUserCommand({ UserName: 'ann' }))
  const PolicyDocument = JSON.stringify(policy)
  await root.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'where', PolicyDocument }))
  const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName: 'ann' }))
  return { port: Number(url.port), annAt: (port, more) => clientAt(port, AccessKey, more) }
}

const ca = await readFile(certificate, 'utf8')
const getAnn = (): GetUserCommand => new GetUserCommand({ UserName: 'ann' })

test('F-16: the address and the way that a trusted proxy states in Forwarded decide', async (t) => {
  const { port, annAt } = await install(t, { words: ['--trusted-proxy', '127.0.0.0/8'] })
  const inside = annAt(await startRequestProxy(t, () => port, { forwarded: `for=${INSIDE};proto=https` }))
  for (let call = 0; call < 3; call += 1) await inside.send(getAnn())
  await inside.send(new ListUsersCommand({}))

  const plain = annAt(await startRequestProxy(t, () => port, { forwarded: `for="${INSIDE}:4711";proto=http` }))
  await plain.send(getAnn())
  await assert.rejects(plain.send(new ListUsersCommand({})), denied)

  const outside = await startRequestProxy(t, () => port, { forwarded: `for=${STRANGER};proto=https` })
  await assert.rejects(annAt(outside).send(getAnn()), denied)
  await assert.rejects(annAt(port).send(getAnn()), denied)

  // What the client wrote stands on the left of what the proxy appends, whatever it is.
  const forged = await startRequestProxy(t, () => outside, { forwarded: `for=${INSIDE};proto=https` })
  await assert.rejects(annAt(forged).send(getAnn()), denied)
  const swallowing = await startRequestProxy(t, () => outside, { forwarded: `for=${INSIDE}, for="` })
  await assert.rejects(annAt(swallowing).send(getAnn()), { name: 'MalformedHttpRequest' })
})

test('F-16: the client that a trusted proxy names in a PROXY header decides, and is not believed itself', async (t) => {
  const { port, annAt } = await install(t, { words: ['--trusted-proxy', '127.0.0.0/8'] })
  const inside = annAt(await startByteProxy(t, () => port, INSIDE))
  for (let call = 0; call < 3; call += 1) await inside.send(getAnn())
  const outside = await startByteProxy(t, () => port, STRANGER)
  await assert.rejects(annAt(outside).send(getAnn()), denied)
  const forged = annAt(await startRequestProxy(t, () => outside, { forwarded: `for=${INSIDE};proto=https` }))
  await assert.rejects(forged.send(getAnn()), denied)
  await assert.rejects(forged.send(new ListUsersCommand({})), denied)
})

test('F-16: a PROXY header before TLS is read, and the way is secure', async (t) => {
  const key = certificate.replace('.crt', '.key')
  const words = ['--trusted-proxy', '127.0.0.0/8', '--tls-cert', certificate, '--tls-key', key]
  const { port, annAt } = await install(t, { words })
  const inside = annAt(await startByteProxy(t, () => port, INSIDE))
  await inside.send(getAnn())
  await inside.send(new ListUsersCommand({}))
  await assert.rejects(annAt(await startByteProxy(t, () => port, STRANGER)).send(getAnn()), denied)
})

test('A-02, F-16, I-04: what an address that is not trusted says has no effect', async (t) => {
  const words = ['--trusted-proxy', '10.0.0.0/8', '--public-host', 'iam.example.com']
  const { port, annAt } = await install(t, { words })
  const forged = annAt(await startRequestProxy(t, () => port, { forwarded: `for=${INSIDE};proto=https` }))
  await assert.rejects(forged.send(getAnn()), denied)
  await assert.rejects(forged.send(new ListUsersCommand({})), denied)
  const host = 'iam.example.com'
  const rewritten = await startRequestProxy(t, () => port, { forwarded: 'for=10.0.0.1', host })
  await assert.rejects(annAt(rewritten).send(getAnn()), { name: 'SignatureDoesNotMatch' })
  await assert.rejects(annAt(await startByteProxy(t, () => port, INSIDE)).send(getAnn()))
})

test('A-02: with --public-host a signature counts for that host, where a trusted proxy puts another in its place', async (t) => {
  const server = { port: 0 }
  const forwarded = `for=${INSIDE}`
  const proxy = await startRequestProxy(t, () => server.port, { forwarded, host: 'internal:80' })
  const words = ['--trusted-proxy', '127.0.0.1', '--public-host', `127.0.0.1:${proxy}`]
  const through = (port: number): number => {
    server.port = port
    return proxy
  }
  const { port, annAt } = await install(t, { words, through })
  await annAt(proxy).send(getAnn())
  const other = await startRequestProxy(t, () => port, { forwarded, host: `127.0.0.1:${proxy}` })
  await assert.rejects(annAt(other).send(getAnn()), { name: 'SignatureDoesNotMatch' })
})

test('what cannot be a proxy or a host is said in one line', async (t) => {
  const data = await temporaryDirectory(t)
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['--trusted-proxy', '10.0.0.0/33'], 1, /`10\.0\.0\.0\/33` is not an IP address range/],
    [['--public-host', 'iam.example.com'], 2, /`--public-host` says what a trusted proxy replaced/],
    [
      ['--trusted-proxy', '::1', '--public-host', 'https://iam.example.com'],
      2,
      /`--public-host https:.*` is not a host/,
    ],
  ]
  const failures = await Promise.all(
    cases.map(([words]) =>
      runIamd(t, ['start', '--data', join(data, words.join('')), '--listen', '127.0.0.1:0', ...words]),
    ),
  )
  for (const [at, { code, stderr }] of failures.entries()) {
    const [, expected, line] = cases[at] ?? []
    assert.equal(code, expected, stderr)
    assert.match(stderr, line ?? /^$/)
    assert.equal(stderr.split('\n').length, 2, stderr)
  }
})
