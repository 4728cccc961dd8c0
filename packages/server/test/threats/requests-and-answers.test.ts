/** Rows B-05 and B-07 to B-09: how a request is read, and what may come back of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { type HttpRequest, sign } from '@iamd/sigv4'
import { getOperation, type OperationModel } from '@iamd/wire'
import { operations } from '../../src/operations/registry.ts'
import { sampleOf } from '../operation-sample.ts'
import { bytesOf, SocketServer } from '../servers/socket-server.ts'
import { fillAccount } from '../standing-account.ts'
import { callParameters, post, postCall, refusalOf, type WireInput } from '../wire-call.ts'
import { NOON, World } from '../world.ts'

const IAM = { service: { service: 'iam' }, region: 'us-east-1', now: NOON } as const
const FORM = 'application/x-www-form-urlencoded'
const listUsers = callParameters(getOperation('ListUsers'), {})

test('B-05: a form is taken under its own media type only, with any parameters and in any case', async () => {
  const world = await World.create()
  const status = async (...headers: string[]): Promise<number> =>
    (await world.send(sign(post(listUsers, headers), world.root, IAM))).status
  for (const type of [FORM, `${FORM}; charset=utf-8`, `${FORM};charset=x`, FORM.toUpperCase(), ` ${FORM} `]) {
    assert.equal(await status('Content-Type', type), 200, type)
  }
  for (const type of [
    `multipart/form-data; boundary=${FORM}`,
    `text/plain; type="${FORM}"`,
    `${FORM}ed`,
    `x${FORM}`,
    `${FORM}, text/plain`,
    `${FORM} text/plain`,
    'application/x-amz-json-1.1',
    'application/json',
    'text/xml',
    '*/*',
    '',
  ]) {
    assert.equal(await status('Content-Type', type), 400, type)
  }
  assert.equal(await status(), 400, 'none')
})

test('B-05: a JSON call is taken under its own media type only, and a form does not become one by its type', async () => {
  const world = await World.create()
  const target = ['X-Amz-Target', 'Iamd.GetAccountQuotas']
  const call = (body: string, ...headers: string[]): HttpRequest =>
    sign(post(body, headers), world.root, { ...IAM, service: { service: 'iamd' } })
  const json = ['Content-Type', 'application/x-amz-json-1.1']
  assert.equal((await world.send(call('{}', ...json, ...target))).status, 200)
  for (const type of ['application/json', 'application/x-amz-json-1.0', FORM, 'text/plain', '']) {
    const refusal = refusalOf(await world.send(call('{}', 'Content-Type', type, ...target)))
    assert.equal(refusal.status, 400, type)
  }
  assert.equal((await world.send(call('{}', ...json))).status, 400, 'no target')
  // With a target it is JSON, whatever the body looks like.
  assert.equal((await world.send(call(listUsers, ...json, ...target))).status, 400)
})

test('B-07: nothing that a caller sends begins a header of the answer, whatever line breaks are in it', async () => {
  await using server = await SocketServer.start()
  const { world } = server
  const evil = 'x\r\nX-Evil: 1\r\n\r\n<html>'
  const calls: HttpRequest[] = [
    postCall(getOperation('GetUser'), { UserName: evil }),
    postCall(getOperation('CreateUser'), { UserName: 'Fine', Path: `/${evil}/` }),
    post(`Action=${encodeURIComponent(evil)}&Version=2010-05-08`, ['Content-Type', FORM]),
    post(`Action=ListUsers&Version=${encodeURIComponent(evil)}`, ['Content-Type', FORM]),
    post(`${encodeURIComponent(evil)}=1&${encodeURIComponent(evil)}=2`, ['Content-Type', FORM]),
    post('{}', ['Content-Type', 'application/x-amz-json-1.1', 'X-Amz-Target', 'Iamd.x%0d%0aX-Evil: 1']),
  ]
  const known =
    /^(?:HTTP\/1\.1 \d{3} [A-Za-z ]+|x-amzn-RequestId: [0-9a-f-]{36}|Content-Type: (?:text\/xml|application\/x-amz-json-1\.1)|Content-Length: \d+|Cache-Control: no-store|Connection: (?:close|keep-alive)|Keep-Alive: timeout=\d+|Date: [A-Za-z0-9,: ]+)$/
  for (const call of calls) {
    const { received } = await server.exchange(bytesOf(sign(call, world.root, IAM), ['Connection', 'close']))
    const [head = ''] = received.split('\r\n\r\n', 1)
    for (const line of head.split('\r\n')) assert.match(line, known)
    assert.doesNotMatch(received, /\r\nX-Evil/)
    assert.doesNotMatch(received, /<html>/)
  }
})

test('B-08: a compressed body is refused on its head with 415, and never unpacked', async () => {
  await using server = await SocketServer.start()
  const bomb = gzipSync(Buffer.alloc(10_000_000, 'a'))
  for (const [encoding, body] of [
    ['gzip', bomb],
    ['x-gzip', bomb],
    ['GZIP', bomb],
    ['deflate', deflateSync(listUsers)],
    ['br', Buffer.from('x')],
    ['zstd', Buffer.from('x')],
    ['aws-chunked', Buffer.from('x')],
    ['identity, gzip', bomb],
    ['identity\r\nContent-Encoding: gzip', bomb],
    ['gzip, identity', bomb],
  ] as const) {
    const { statuses } = await server.exchange(
      bytesOf(post(body, ['Content-Type', FORM, 'Content-Encoding', encoding])),
    )
    assert.deepEqual(statuses, [415], encoding)
  }
  const plain = sign(
    post('Action=ListUsers&Version=2010-05-08', ['Content-Type', FORM, 'Content-Encoding', 'identity']),
    server.world.root,
    IAM,
  )
  assert.deepEqual((await server.exchange(bytesOf(plain, ['Connection', 'close']))).statuses, [200])
})

test('B-08: a transfer encoding that compresses is not undone: what was packed is no form', async () => {
  await using server = await SocketServer.start()
  const packed = gzipSync(listUsers).toString('latin1')
  const head = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${FORM}\r\nTransfer-Encoding: gzip, chunked\r\n`
  const body = `${packed.length.toString(16)}\r\n${packed}\r\n0\r\n\r\n`
  const { received } = await server.exchange(`${head}Connection: close\r\n\r\n${body}`)
  assert.match(received, /^HTTP\/1\.1 400 [^]*<Code>(?:MalformedQueryString|MissingAction)<\/Code>/)
  await server.assertServes()
})

/** Every operation that answers page by page. */
const listings = [...operations.keys()]
  .map((name) => getOperation(name))
  .filter(({ input }) => input?.members.some(({ name }) => name === 'Marker'))

test('B-09: no listing takes a marker that was not given for it: made up, cut, bent, of another listing, filter or account', async () => {
  const world = await World.create()
  await fillAccount(world)
  const other = await World.create()
  await fillAccount(other)
  const send = async (model: OperationModel, input: WireInput): Promise<ReturnType<typeof refusalOf>> =>
    refusalOf(await world.send(sign(postCall(model, input), world.root, IAM)))
  const real = world.vault.sealMarker({ accountId: world.accountId, operation: 'ListUsers', filter: '/' }, 'a')
  const ofAnotherAccount = world.vault.sealMarker(
    { accountId: '999999999999', operation: 'ListUsers', filter: '/' },
    'a',
  )
  assert.equal((await send(getOperation('ListUsers'), { Marker: real })).status, 200)
  assert.ok(listings.length >= 10)
  for (const model of listings) {
    const { input } = sampleOf(model.name)
    const foreign = model.name === 'ListUsers' ? { ...input, PathPrefix: '/path/' } : input
    for (const [what, Marker] of [
      ['made up', 'AAAAAAAA'],
      ['SQL', "' OR 1=1 --"],
      ['a path', '../../etc/passwd'],
      ['a prototype', '__proto__'],
      ['base64 of nothing', '===='],
      ['cut', real.slice(0, -1)],
      ['longer', `${real}A`],
      ['bent', `${real.startsWith('A') ? 'B' : 'A'}${real.slice(1)}`],
      ['of another listing or filter', real],
      ['of another account', ofAnotherAccount],
    ] as const) {
      const refusal = await send(model, { ...foreign, Marker })
      assert.deepEqual(
        [refusal.status, refusal.code],
        // The simulator has a sentence of its own, as recorded: "Invalid marker for pagination."
        [400, model.name.startsWith('Simulate') ? 'InvalidInput' : 'ValidationError'],
        `${model.name}, ${what}: ${refusal.message}`,
      )
    }
  }
  assert.deepEqual(world.bugs, [])
})
