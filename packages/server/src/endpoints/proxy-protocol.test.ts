import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { health } from './health.ts'
import { startHttpServer } from './http-server.ts'
import { acceptProxied, readProxyHeader } from './proxy-protocol.ts'
import { TrustedProxies } from './trusted-proxies.ts'

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const IPV4 = Buffer.concat([SIGNATURE, Buffer.from('2111000cc0000207c6336401b4e001bb', 'hex')])
const IPV6 = Buffer.concat([
  SIGNATURE,
  Buffer.from('21210024', 'hex'),
  Buffer.from('20010db8000000000000000000000007', 'hex'),
  Buffer.from('20010db8000000000000000000000001', 'hex'),
  Buffer.from('b4e001bb', 'hex'),
])
const LOCAL = Buffer.concat([SIGNATURE, Buffer.from('20000000', 'hex')])

test('a version 2 header names the client of either family, and none for a connection of the proxy itself', () => {
  assert.deepEqual(readProxyHeader(IPV4), { kind: 'header', length: 28, client: '192.0.2.7' })
  assert.deepEqual(readProxyHeader(IPV6), { kind: 'header', length: 52, client: '2001:db8::7' })
  assert.deepEqual(readProxyHeader(LOCAL), { kind: 'header', length: 16, client: undefined })
})

test('every beginning of a header asks for more, and no bytes make it throw', () => {
  for (let length = 0; length < IPV6.length; length += 1) {
    assert.equal(readProxyHeader(IPV6.subarray(0, length)).kind, 'incomplete')
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void readProxyHeader(Buffer.from(bytes))))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void readProxyHeader(Buffer.concat([SIGNATURE, bytes]))),
  )
})

async function sourceIpSeen(trusted: readonly string[], preamble: Buffer, header = ''): Promise<string> {
  const proxies = new TrustedProxies(trusted, undefined)
  const http = createServer((incoming, response) => {
    response.setHeader('Connection', 'close')
    response.end(proxies.originOf(incoming)?.sourceIp ?? 'not told')
  })
  const { server: front } = acceptProxied(http, proxies)
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const { port } = front.address() as AddressInfo // A listening TCP server has one.
  const socket = connect(port, '127.0.0.1')
  socket.write(preamble)
  socket.write(`GET / HTTP/1.1\r\nHost: a\r\n${header}\r\n`)
  const answer = await text(socket)
  await new Promise((resolve) => front.close(resolve))
  return answer.split('\r\n\r\n')[1] ?? ''
}

test('A-02, F-16: a PROXY header of a trusted proxy is believed, and the request behind it is answered', async () => {
  assert.equal(await sourceIpSeen(['127.0.0.0/8'], IPV4), '192.0.2.7')
  assert.equal(await sourceIpSeen(['127.0.0.0/8'], LOCAL), '127.0.0.1')
  assert.equal(await sourceIpSeen(['127.0.0.0/8'], Buffer.alloc(0)), '127.0.0.1')
})

test('F-16: a PROXY header of anybody else is refused', async () => {
  assert.equal(await sourceIpSeen(['10.0.0.0/8'], IPV4), '')
})

test('F-16: Forwarded counts from trusted proxies only, and from the right', async () => {
  const forged = 'Forwarded: for=203.0.113.9, for=198.51.100.1, for=10.0.0.5\r\n'
  assert.equal(await sourceIpSeen(['127.0.0.0/8', '10.0.0.0/8'], Buffer.alloc(0), forged), '198.51.100.1')
  assert.equal(await sourceIpSeen([], Buffer.alloc(0), forged), '127.0.0.1')
})

test('N-05: behind a proxy a request has no longer than elsewhere to arrive', async () => {
  const proxies = new TrustedProxies(['127.0.0.0/8'], undefined)
  const limits = { headersMs: 100, checkEveryMs: 20 }
  const listen = { host: '127.0.0.1', port: 0 }
  const server = await startHttpServer({ listen, tls: undefined, proxies, paths: new Map(), limits })
  const socket = connect(server.port, '127.0.0.1')
  socket.write(IPV4)
  socket.write('GET / HTTP/1.1\r\nHost:')
  assert.match(await text(socket), /^HTTP\/1\.1 408 /)
  await server.close()
})

test('N-05: connections of one client through a proxy are counted as its own', async () => {
  const proxies = new TrustedProxies(['127.0.0.0/8'], undefined)
  const limits = { connectionsPerSourceMax: 1 }
  const paths = new Map([['/health', health]])
  const listen = { host: '127.0.0.1', port: 0 }
  const server = await startHttpServer({ listen, tls: undefined, proxies, paths, limits })
  const one = connect(server.port, '127.0.0.1')
  one.write(Buffer.concat([IPV4, Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n')]))
  await once(one, 'data')
  const two = connect(server.port, '127.0.0.1')
  two.write(IPV4)
  assert.equal(await text(two), '')
  const other = connect(server.port, '127.0.0.1')
  other.write(Buffer.concat([IPV6, Buffer.from('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')]))
  assert.match(await text(other), /^HTTP\/1\.1 404 /)
  one.destroy()
  await server.close()
})

test('a stop does not wait for connections that have not said whose they are', { timeout: 5_000 }, async () => {
  const proxies = new TrustedProxies(['127.0.0.0/8'], undefined)
  const listen = { host: '127.0.0.1', port: 0 }
  const server = await startHttpServer({ listen, tls: undefined, proxies, paths: new Map() })
  const silent = connect(server.port, '127.0.0.1')
  await once(silent, 'connect')
  // An answer on a later connection says that the server has taken the earlier one.
  const after = connect(server.port, '127.0.0.1')
  after.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  await text(after)
  const closed = text(silent)
  await server.close()
  assert.equal(await closed, '')
})
