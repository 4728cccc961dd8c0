/** One whole HTTP answer. */
export interface WholeAnswer {
  readonly status: number
  /** The server says that it closes the connection after it. */
  readonly isLast: boolean
  /** The body. */
  readonly text: () => string
}

/** Finds the end of one answer after another on a connection; the server must send Content-Length with each. */
export class AnswerReader {
  #held: Buffer = Buffer.alloc(0)

  /** The answer that ends with this chunk; undefined while it has not ended. */
  read(chunk: Buffer): WholeAnswer | undefined {
    const data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const headEnd = data.indexOf('\r\n\r\n')
    const head = headEnd === -1 ? undefined : data.toString('latin1', 0, headEnd)
    const bodyStart = headEnd + 4
    if (head === undefined || data.length < bodyStart + contentLength(head)) {
      this.#held = data
      return undefined
    }
    this.#held = Buffer.alloc(0)
    return {
      status: Number(head.slice(9, 12)),
      isLast: /^connection: *close *$/im.test(head),
      text: () => data.toString('utf8', bodyStart),
    }
  }
}

function contentLength(head: string): number {
  const length = /^content-length: *(\d+) *$/im.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without Content-Length:\n${head}`)
  return Number(length)
}
