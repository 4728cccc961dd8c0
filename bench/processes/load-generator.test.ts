import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { generateLoad, type LoadJob } from './load-generator.ts'

const REQUEST = 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\nhi'

async function portOf(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  t.after(() => server.closeAllConnections())
  t.after(() => server.close())
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}

function job(port: number, rest: Partial<LoadJob>): LoadJob {
  return { port, connections: 4, seconds: 0.3, warmUpSeconds: 0, requests: [REQUEST], once: false, ...rest }
}

const answerOk: RequestListener = (request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'Content-Length': 2 }).end('ok'))
}

test('every request is sent once, in no more connections than asked for, and the run then ends', async (t) => {
  const paths: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const port = await portOf(t, (request, response) => {
    paths.push(request.url)
    sockets.add(request.socket)
    answerOk(request, response)
  })
  const requests = Array.from({ length: 50 }, (_, index) => REQUEST.replace('/', `/${index}`))
  const result = await generateLoad(job(port, { requests, once: true, seconds: 20 }))
  assert.equal(result.callsWithWarmUp, 50)
  assert.equal(result.failures, 0)
  assert.equal(new Set(paths).size, 50)
  assert.ok(sockets.size <= 4)
})

test('answers other than 200 are counted as failures and the first one is shown', async (t) => {
  let count = 0
  const port = await portOf(t, (_request, response) => {
    count += 1
    response.writeHead(count % 2 === 0 ? 200 : 403, { 'Content-Length': 6 }).end('denied')
  })
  const result = await generateLoad(
    job(port, { requests: Array.from({ length: 10 }, () => REQUEST), once: true, connections: 1, seconds: 20 }),
  )
  assert.equal(result.callsWithWarmUp, 10)
  assert.equal(result.failures, 5)
  assert.equal(result.firstFailure, 'denied')
})

test('a server that closes its connections between calls is called over new ones', async (t) => {
  const port = await portOf(t, (_request, response) =>
    response.writeHead(200, { 'Content-Length': 2, Connection: 'close' }).end('ok'),
  )
  const requests = Array.from({ length: 20 }, () => REQUEST)
  const result = await generateLoad(job(port, { requests, once: true, connections: 2, seconds: 20 }))
  assert.equal(result.callsWithWarmUp, 20)
})

test('a connection that breaks in the middle of a call ends the run with an error', async (t) => {
  const port = await portOf(t, (request) => request.socket.end())
  await assert.rejects(generateLoad(job(port, {})), /closed a connection on which a call waited/)
})

test('an answer that comes in pieces is one answer', async (t) => {
  const port = await portOf(t, (_request, response) => {
    response.writeHead(200, { 'Content-Length': 6 })
    response.write('abc')
    setImmediate(() => response.end('def'))
  })
  const requests = Array.from({ length: 10 }, () => REQUEST)
  const result = await generateLoad(job(port, { requests, once: true, seconds: 20 }))
  assert.equal(result.callsWithWarmUp, 10)
  assert.equal(result.failures, 0)
})

test('an open loop asks as many calls per second as it was told, however fast the answers come', async (t) => {
  const port = await portOf(t, answerOk)
  const result = await generateLoad(job(port, { rate: 200, seconds: 1 }))
  assert.ok(result.calls > 150 && result.calls <= 205, `${result.calls} calls`)
})

test('in an open loop a call that waits for a free connection has waited since it was due', async (t) => {
  const port = await portOf(t, (_request, response) => {
    setTimeout(() => response.writeHead(200, { 'Content-Length': 2 }).end('ok'), 50)
  })
  // One connection that needs 50 ms for each call and is asked for one every 10 ms falls ever more behind.
  const result = await generateLoad(job(port, { rate: 100, connections: 1, seconds: 1 }))
  assert.ok(result.maxMs > 400, `${result.maxMs} ms`)
})

test('calls of the warm-up are not measured', async (t) => {
  const port = await portOf(t, answerOk)
  const result = await generateLoad(job(port, { rate: 200, seconds: 0.5, warmUpSeconds: 0.5 }))
  assert.ok(result.calls < result.callsWithWarmUp - 50, `${result.calls} of ${result.callsWithWarmUp}`)
})

test('a job without requests is refused', () => {
  assert.throws(() => generateLoad(job(1, { requests: [] })), /without requests/)
})

test('a server that answers nothing in the measured time is told by what it answers later', async (t) => {
  const port = await portOf(t, (_request, response) => {
    setTimeout(() => response.writeHead(200, { 'Content-Length': 2 }).end('ok'), 300)
  })
  const result = await generateLoad(job(port, { seconds: 0.1 }))
  assert.equal(result.calls, 4)
  assert.ok(result.callsPerSecond > 5 && result.callsPerSecond < 14, `${result.callsPerSecond} calls/s`)
  assert.ok(result.p50Ms >= 290, `${result.p50Ms} ms`)
})
