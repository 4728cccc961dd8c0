/** Bytes over a socket, as no HTTP client would send them, and what comes back. */
import { connect, type Socket } from 'node:net'

/** A connection that keeps everything that it was sent. */
export class RawSocket {
  readonly socket: Socket
  /** Resolves when the connection is closed, by whom and however. */
  readonly closed: Promise<void>
  #text = ''
  #look: () => void = () => {}

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        resolve()
        this.#look()
      })
    })
    this.socket.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('latin1')
      this.#look()
    })
    this.socket.on('end', () => this.socket.end())
    // A reset is one of the ways to be refused.
    this.socket.on('error', () => {})
  }

  /** Everything received so far. */
  get received(): string {
    return this.#text
  }

  write(text: string | Uint8Array): this {
    this.socket.write(text)
    return this
  }

  /** What was received once `pattern` is in it, or once the connection is closed. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#text) && !this.socket.closed) {
      await new Promise<void>((resolve) => {
        this.#look = resolve
      })
    }
    return this.#text
  }

  /** What was received when the connection has closed. */
  async all(): Promise<string> {
    await this.closed
    return this.#text
  }
}

/** The status codes of the answers in what a connection received, in order. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}
