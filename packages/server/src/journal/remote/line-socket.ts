/** JSON objects over a stream socket, one on each line. Both ends are iamd processes of one installation: nobody else can open the socket. */
import type { Socket } from 'node:net'

const NEWLINE = 10

export interface LineSocket<Out> {
  send(message: Out): void
  close(): void
}

export function lineSocket<In, Out>(socket: Socket, receive: (message: In) => void): LineSocket<Out> {
  let held: Buffer[] = []
  socket.on('data', (chunk: Buffer) => {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = Buffer.concat([...held, chunk.subarray(start, end)])
      held = []
      start = end + 1
      receive(JSON.parse(line.toString('utf8')) as In) // Written by the other end, which is this same program.
    }
    if (start < chunk.length) held.push(chunk.subarray(start))
  })
  return {
    send: (message) => {
      if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`)
    },
    close: () => socket.end(),
  }
}
