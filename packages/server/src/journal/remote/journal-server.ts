/**
 * The supervisor's end: offers a journal to worker processes over a Unix socket.
 *
 * INVARIANT (one machine, one truth): a worker's append is answered only when every other worker has applied its entries, so
 * what one worker acknowledged, each of them shows.
 */
import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import type { Journal } from '../journal.ts'
import { JournalConnection } from './journal-connection.ts'

export interface JournalServer {
  close(): Promise<void>
}

/** The socket is made with mode 0600, in a directory that nobody else may enter. */
export async function serveJournal(journal: Journal, socketPath: string): Promise<JournalServer> {
  const connections = new Set<JournalConnection>()
  const accept = (socket: Socket): void => {
    const connection: JournalConnection = new JournalConnection(socket, journal, async (through, but) => {
      const others = [...connections].filter((other) => other !== but)
      await Promise.all(others.map((other) => other.applied(through)))
    })
    connections.add(connection)
    socket.on('close', () => {
      connections.delete(connection)
      connection.end()
    })
    // A worker that dies in the middle of a message is seen by 'close'.
    socket.on('error', () => {})
  }
  await rm(socketPath, { force: true })
  const server = await listen(accept, socketPath)
  await chmod(socketPath, 0o600)
  return {
    async close() {
      for (const connection of connections) connection.end()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function listen(accept: (socket: Socket) => void, path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(accept)
    server.once('error', reject)
    server.listen(path, () => resolve(server))
  })
}
