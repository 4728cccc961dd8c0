/** N-04, N-10 and what HTTP itself can do to a server: each is answered as HTTP says, and the next request is served. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BODY_BYTES_MAX } from '../../src/endpoints/aws-api.ts'
import { SocketServer } from '../servers/socket-server.ts'

const POST = 'POST / HTTP/1.1\r\nHost: localhost\r\n'
const GET = 'GET /health HTTP/1.1\r\nHost: localhost\r\n'
const CLOSE = 'Connection: close\r\n'
const CHUNKED = 'Transfer-Encoding: chunked\r\n'
const huge = 'a'.repeat(BODY_BYTES_MAX + 1)

test('N-04: a body over the limit is refused with 413 on its length alone, before it is sent', async () => {
  await using server = await SocketServer.start()
  const { statuses, received } = await server.exchange(`${POST}Content-Length: ${huge.length}\r\n\r\n`)
  assert.deepEqual(statuses, [413])
  assert.match(received, /<Code>RequestEntityTooLarge<\/Code>/)
  await server.assertServes()
})

test('N-04: a body over the limit is refused with 413 whether it comes whole or in chunks, and never reaches the pipeline', async () => {
  const calls: unknown[] = []
  await using server = await SocketServer.start({
    answer: (received) => {
      calls.push(received)
      throw new Error('a request that is too large came through')
    },
  })
  const whole = `${POST}Content-Length: ${huge.length}\r\n\r\n${huge}`
  const chunked = `${POST}${CHUNKED}\r\n${huge.length.toString(16)}\r\n${huge}\r\n0\r\n\r\n`
  for (const bytes of [whole, chunked]) assert.deepEqual((await server.exchange(bytes)).statuses, [413])
  assert.deepEqual(calls, [])
})

test('N-04: a body of exactly the limit is taken', async () => {
  await using server = await SocketServer.start()
  const body = `Action=NoSuchAction&Version=2010-05-08&P=`.padEnd(BODY_BYTES_MAX, 'a')
  const head = `${POST}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n${CLOSE}`
  const { statuses, received } = await server.exchange(`${head}\r\n${body}`)
  assert.deepEqual(statuses, [400])
  assert.match(received, /<Code>InvalidAction<\/Code>/)
})

test('N-04: headers or an address that are too long, or too many headers, are refused with 431', async () => {
  await using server = await SocketServer.start()
  const long = 'a'.repeat(33 * 1024)
  for (const bytes of [
    `${POST}A: ${long}\r\n\r\n`,
    `GET /?${long} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    `${POST}${'A: b\r\n'.repeat(100)}\r\n`,
    `${POST}${'A: b\r\n'.repeat(7_000)}\r\n`,
  ]) {
    assert.deepEqual((await server.exchange(bytes)).statuses, [431], bytes.slice(0, 60))
  }
  await server.assertServes()
})

/** Bytes that two readers of HTTP could cut in two ways; each is refused, and nothing after it is read as a request. */
const AMBIGUOUS: Readonly<Record<string, string>> = {
  'Content-Length and Transfer-Encoding': `${POST}Content-Length: 4\r\n${CHUNKED}\r\n0\r\n\r\n`,
  'two lengths': `${POST}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd`,
  'a list of lengths': `${POST}Content-Length: 4, 4\r\n\r\nabcd`,
  'a length with a sign': `${POST}Content-Length: +4\r\n\r\nabcd`,
  'a hexadecimal length': `${POST}Content-Length: 0x4\r\n\r\nabcd`,
  'a negative length': `${POST}Content-Length: -4\r\n\r\nabcd`,
  'an encoding that looks like chunked': `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'an encoding after chunked': `${POST}${CHUNKED}Transfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
  'a space before the colon': `${POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  'lines that end in LF alone': 'GET /health HTTP/1.1\nHost: localhost\n\n',
  'one line that ends in LF alone': 'GET /health HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n',
  'a CR within a header': 'GET /health HTTP/1.1\r\nHost: localhost\rA: b\r\n\r\n',
  'a folded header': `${GET}A: b\r\n c\r\n\r\n`,
  'a NUL in a header': `${GET}A: b\0c\r\n\r\n`,
  'no Host': 'GET /health HTTP/1.1\r\n\r\n',
  'a chunk without a size': `${POST}${CHUNKED}\r\nzz\r\n\r\n`,
  'a chunk size that overflows': `${POST}${CHUNKED}\r\nffffffffffffffffff\r\n\r\n`,
  'a chunk line that ends in LF alone': `${POST}${CHUNKED}\r\n1\nA\r\n0\r\n\r\n`,
  'bytes above ASCII in the address': 'GET /\xe9 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'a method that is none': 'FOO / HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'HTTP/0.9': 'GET /health\r\n\r\n',
  'a TLS handshake': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
}

test('N-10: what two readers could read in two ways is refused with 400, and the connection is closed before what follows it', async () => {
  await using server = await SocketServer.start()
  for (const [what, bytes] of Object.entries(AMBIGUOUS)) {
    const { statuses } = await server.exchange(`${bytes}${GET}${CLOSE}\r\n`)
    assert.deepEqual(statuses, [400], what)
  }
  await server.assertServes()
  assert.deepEqual(server.bugs, [])
})

test('N-10: an endless chunk extension is refused with 413', async () => {
  await using server = await SocketServer.start()
  const { statuses } = await server.exchange(`${POST}${CHUNKED}\r\n1;${'e'.repeat(40_000)}\r\nA\r\n0\r\n\r\n`)
  assert.deepEqual(statuses, [413])
})

test('N-10: Expect: 100-continue is answered with 100 and then as the call is; another expectation with 417', async () => {
  await using server = await SocketServer.start()
  const expecting = server.goodCall().replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n')
  assert.deepEqual((await server.exchange(expecting)).statuses, [100, 200])
  const other = server.goodCall().replace('\r\n\r\n', '\r\nExpect: coffee\r\n\r\n')
  assert.deepEqual((await server.exchange(other)).statuses, [417])
  const tooLarge = `${POST}Content-Length: ${huge.length}\r\nExpect: 100-continue\r\n\r\n`
  assert.equal((await server.exchange(tooLarge)).statuses.at(-1), 413)
})

test('N-10: calls in a row on one connection are answered in their order, also a bad one between good ones', async () => {
  await using server = await SocketServer.start()
  const good = server.goodCall({ close: false })
  const bad = good.replace(/Signature=[0-9a-f]{8}/, 'Signature=00000000')
  const { statuses } = await server.exchange(`${good}${bad}${good}${GET}\r\n${server.goodCall()}`)
  assert.deepEqual(statuses, [200, 403, 200, 200, 200])
})

test('N-10: a client that closes its half after the call is answered', async () => {
  await using server = await SocketServer.start()
  const half = server.connect().write(server.goodCall({ close: false }))
  half.socket.end()
  assert.match(await half.all(), /^HTTP\/1\.1 200 [^]*<GetCallerIdentityResponse /)
})

test('N-10: a client that goes away in the middle of a head, a body or an answer leaves nothing behind', async () => {
  await using server = await SocketServer.start()
  for (const bytes of ['', 'POST', POST, `${POST}Content-Length: 10\r\n\r\nabc`, server.goodCall()]) {
    const leaving = server.connect()
    await new Promise<void>((resolve) => {
      leaving.socket.write(bytes === '' ? '\r\n' : bytes, () => resolve())
    })
    leaving.socket.destroy()
    await leaving.closed
  }
  await server.assertServes()
  assert.deepEqual(server.bugs, [])
})

test('N-10: CONNECT gets no tunnel, and an upgrade that nobody offers is not made', async () => {
  await using server = await SocketServer.start()
  assert.deepEqual((await server.exchange('CONNECT example.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n')).statuses, [])
  const upgrade = `${GET}Connection: Upgrade, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n`
  assert.deepEqual((await server.exchange(upgrade)).statuses, [200])
  await server.assertServes()
})

test('A-08: a body in signed chunks is refused as a bad request, and the process goes on', async () => {
  await using server = await SocketServer.start()
  const body = `5;chunk-signature=${'0'.repeat(64)}\r\nhello\r\n0;chunk-signature=${'0'.repeat(64)}\r\n\r\n`
  const head = `${POST}Content-Encoding: aws-chunked\r\nx-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\r\n`
  const { statuses } = await server.exchange(`${head}Content-Length: ${body.length}\r\n${CLOSE}\r\n${body}`)
  assert.deepEqual(statuses, [415])
  await server.assertServes()
})
