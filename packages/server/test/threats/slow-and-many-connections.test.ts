/** N-05 and N-09: clients that are slow, that are many, and files that run out. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { RawSocket } from '../servers/raw-socket.ts'
import { SocketServer } from '../servers/socket-server.ts'

/** So that one limit alone is met. */
const PATIENT = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000 } as const

test('N-05: who has not sent a whole head in its time is answered 408 and cut off', async () => {
  await using server = await SocketServer.start({ limits: { requestMs: 60_000 } })
  for (const part of ['', 'POST / HT', 'POST / HTTP/1.1\r\nHost: x\r\nX-Slow: a']) {
    const { statuses } = await server.exchange(part)
    assert.deepEqual(statuses, [408])
  }
  await server.assertServes()
})

test('N-05: a head that goes on byte by byte is cut off all the same', async () => {
  await using server = await SocketServer.start({ limits: { requestMs: 60_000, stalledMs: 60_000 } })
  const slow = server.connect().write('GET /health HTTP/1.1\r\nHost: x\r\n')
  const drip = setInterval(() => slow.write('A: b\r\n'), 10)
  assert.match(await slow.all(), /^HTTP\/1\.1 408 /)
  clearInterval(drip)
})

test('N-05: who has not sent a whole body in its time is answered 408 and cut off, also byte by byte', async () => {
  await using server = await SocketServer.start()
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n'
  assert.deepEqual((await server.exchange(`${head}Action=`)).statuses, [408])
  const slow = server.connect().write(head)
  const drip = setInterval(() => slow.write('a'), 10)
  assert.match(await slow.all(), /^HTTP\/1\.1 408 /)
  clearInterval(drip)
  await server.assertServes()
})

test('N-05: a connection without a next request is closed', async () => {
  await using server = await SocketServer.start()
  assert.match(
    await server
      .connect()
      .write(server.goodCall({ close: false }))
      .all(),
    /^HTTP\/1\.1 200 /,
  )
})

test('N-05: who sends calls and never reads the answers is cut off', async () => {
  await using server = await SocketServer.start({ limits: { ...PATIENT, stalledMs: 300 } })
  const caller = server.nextCaller()
  const deaf = server.connect()
  deaf.socket.pause()
  const calls = server.goodCall({ close: false }).repeat(10_000)
  deaf.write(calls)
  const socket = await caller
  await once(socket, 'close')
  assert.ok(socket.bytesRead < calls.length, 'the server went on reading what it could not answer')
  deaf.socket.destroy()
  await server.assertServes()
})

test('N-05: a source that holds its number of connections gets no more until one is closed, and those that it has go on', async () => {
  await using server = await SocketServer.start({
    limits: { ...PATIENT, connectionsPerSourceMax: 20 },
  })
  const held: RawSocket[] = []
  for (let at = 0; at < 20; at += 1) held.push(server.connect().write(server.goodCall({ close: false })))
  await Promise.all(held.map((socket) => socket.until(/GetCallerIdentityResponse/)))
  assert.equal((await server.exchange(server.goodCall())).received, '')
  const [first, second] = held
  assert.ok(first !== undefined && second !== undefined)
  assert.match(await second.write(server.goodCall({ close: false })).until(/200 [^]*200 /), /200 [^]*200 /)
  first.socket.end()
  await first.closed
  await server.assertServes()
  for (const { socket } of held) socket.destroy()
})

test('N-05: a thousand connections that say nothing are all cut off, and meanwhile calls are answered', async () => {
  await using server = await SocketServer.start()
  const silent = Array.from({ length: 900 }, () => server.connect())
  await server.assertServes()
  await Promise.all(silent.map(({ closed }) => closed))
  await server.assertServes()
})

test('N-09: a process that has no more files answers what it has, and takes new connections when there are files again', async () => {
  const script = join(import.meta.dirname, 'few-files.ts')
  const run = promisify(execFile)
  const { stdout } = await run('sh', ['-c', 'ulimit -n 64; exec "$0" "$1"', process.execPath, script], {
    timeout: 20_000,
  })
  assert.equal(stdout, 'survived\n')
})
