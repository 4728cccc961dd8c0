/**
 * The AWS API over HTTP: bytes to a call and back.
 *
 * Everything that a stranger can send is limited before it is hashed or parsed (negative tests N-04, N-05): size of headers
 * and body, time to send them, encodings. The pipeline sees whole requests only.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodeFailure, INTERNAL_FAILURE } from '../stages/encode.ts'
import type { Answer } from '../stages/encode.ts'
import type { Received } from '../stages/receive.ts'
import { AnswerWriter } from './answer-writer.ts'
import { Fault } from '@iamd/wire'

/** A policy document may have 131,072 characters, each three bytes when percent-encoded; nothing else comes near. */
export const BODY_BYTES_MAX: number = 512 * 1024
const HEADERS_MAX = 100

/** Where a request came from, as far as it can be believed. */
export interface Origin {
  readonly sourceIp: string
  readonly isSecureTransport: boolean
  /** The Host that the client signed, where a trusted proxy has put another in its place. */
  readonly host: string | undefined
}

export interface AwsApiOptions {
  readonly answer: (received: Received) => Answer | Promise<Answer>
  /** Undefined when it cannot be told: nothing is done then. */
  readonly originOf: (request: IncomingMessage) => Origin | undefined
  /** Told of what was thrown where nothing may throw; the caller gets InternalFailure. */
  readonly onBug: (error: unknown, requestId: string) => void
}

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void

export function awsApi(options: AwsApiOptions): HttpHandler {
  const writing = { ...options, writer: new AnswerWriter() }
  return (request, response) => {
    const requestId = randomUUID()
    const refusal = refusalOf(request)
    if (refusal !== undefined) {
      refuse(response, encodeFailure('iam', refusal, requestId))
      return
    }
    readBody(request, {
      whole: (body) => answerWhole(writing, { request, response, requestId, body }),
      tooLarge: () => refuse(response, encodeFailure('iam', tooLarge(), requestId)),
    })
  }
}

/** What can be refused on the head of the request alone. */
function refusalOf(request: IncomingMessage): Fault | undefined {
  if (request.rawHeaders.length > 2 * HEADERS_MAX) {
    return new Fault('MalformedHttpRequest', `The request has more than ${HEADERS_MAX} headers`, { status: 431 })
  }
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    return new Fault('MalformedHttpRequest', `Content-Encoding ${JSON.stringify(encoding)} is not supported`, {
      status: 415,
    })
  }
  return Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX ? tooLarge() : undefined
}

function tooLarge(): Fault {
  return new Fault('RequestEntityTooLarge', `The request body is larger than ${BODY_BYTES_MAX} bytes`, { status: 413 })
}

interface BodyReader {
  readonly whole: (body: Buffer) => void
  readonly tooLarge: () => void
}

function readBody(request: IncomingMessage, reader: BodyReader): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= BODY_BYTES_MAX) {
      chunks.push(chunk)
      return
    }
    request.removeAllListeners('data').removeAllListeners('end')
    reader.tooLarge()
  })
  request.on('end', () => {
    const [only] = chunks
    reader.whole(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size))
  })
  // A client that goes away in the middle of its request is owed nothing.
  request.on('error', () => {})
}

interface WholeRequest {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly requestId: string
  readonly body: Buffer
}

function answerWhole(options: AwsApiOptions & { readonly writer: AnswerWriter }, whole: WholeRequest): void {
  const { response, requestId } = whole
  const fail = (error: unknown): void => {
    options.onBug(error, requestId)
    refuse(response, encodeFailure('iam', INTERNAL_FAILURE, requestId))
  }
  const finish = (answer: Answer): void => options.writer.soon(() => send(response, answer))
  try {
    const answer = answerTo(options, whole)
    if (answer instanceof Promise) answer.then(finish).catch(fail)
    else finish(answer)
  } catch (error) {
    // Thrown out of an event, it would take the process with it.
    fail(error)
  }
}

function answerTo(options: AwsApiOptions, { request, requestId, body }: WholeRequest): Answer | Promise<Answer> {
  const origin = options.originOf(request)
  if (origin === undefined) return encodeFailure('iam', ofUnknownOrigin(), requestId)
  const { sourceIp, isSecureTransport, host } = origin
  const { method = '', url: target = '', rawHeaders } = request
  const headers = host === undefined ? rawHeaders : withHost(rawHeaders, host)
  return options.answer({ method, target, rawHeaders: headers, body, requestId, sourceIp, isSecureTransport })
}

function ofUnknownOrigin(): Fault {
  return new Fault('MalformedHttpRequest', 'The Forwarded header of the request cannot be read', { status: 400 })
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headersOf(answer))
  // A text goes out in one write with the head; a Buffer would be a second one.
  response.end(answer.body)
}

/** Answers before the request was read whole: the connection cannot be used again. */
function refuse(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, [...headersOf(answer), 'Connection', 'close'])
  response.end(answer.body, () => response.destroy())
}

function headersOf(answer: Answer): string[] {
  const headers = [
    'x-amzn-RequestId',
    answer.requestId,
    'Content-Type',
    answer.contentType,
    'Content-Length',
    String(Buffer.byteLength(answer.body)),
    'Cache-Control',
    'no-store',
  ]
  if (answer.retryAfterSeconds !== undefined) headers.push('Retry-After', String(answer.retryAfterSeconds))
  return headers
}

function withHost(rawHeaders: readonly string[], host: string): string[] {
  const headers = [...rawHeaders]
  for (let at = 0; at < headers.length; at += 2) if (headers[at]?.toLowerCase() === 'host') headers[at + 1] = host
  return headers
}
