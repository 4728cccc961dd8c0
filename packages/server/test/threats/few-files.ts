/** Run with few files allowed: takes more connections than there are files for, closes them, and says whether the server lived. */
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { SocketServer } from '../servers/socket-server.ts'

await using server = await SocketServer.start({ limits: { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000 } })
const early = server.connect().write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n')
await early.until(/ok\n/)
// Client and server share the process and its files: these are more than there are left.
const many = Array.from({ length: 60 }, () => server.connect())
const connected = await Promise.all(many.map(({ socket }) => isConnected(socket)))
assert.ok(connected.includes(false), 'there were files for all of them')
assert.match(await early.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n').until(/ok\n[^]*ok\n/), /ok\n[^]*ok\n/)
for (const { socket } of many) socket.destroy()
await Promise.all(many.map(({ closed }) => closed))
await server.assertServes()
early.socket.destroy()
console.log('survived')

/** False when it was refused for want of files. */
function isConnected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('close', () => resolve(false))
  })
}
