/**
 * The limit: the least that a `node:http` server can do, which is to read the body and answer bytes that it was given.
 *
 * Runs as a process of its own: takes the answer and the port as JSON on standard input.
 */
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

export interface LimitJob {
  readonly port: number
  readonly answer: FixedAnswer
}

export interface FixedAnswer {
  readonly status: number
  /** Name, value, name, value ... without those that node sends with every answer itself. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

if (import.meta.main) {
  const { port, answer }: LimitJob = JSON.parse(await text(process.stdin))
  const { status, rawHeaders, body } = answer
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(status, [...rawHeaders])
      response.end(body)
    })
  })
  server.listen({ host: '127.0.0.1', port, backlog: 1024 })
}
