/**
 * The emulator's conveniences for test suites: `POST /_iamd/dev/reset`, `/_iamd/dev/accounts` and `/_iamd/dev/clock`.
 *
 * They hand out root keys and are not signed, so no web page may reach them: see `refusalOf`. Only the emulator serves them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpHandler } from './aws-api.ts'
import { isDirectCall, type DirectCallRule } from './direct-call.ts'

/** What a test suite gets: an account without anything but its root user, and that user's key. */
export interface DevAccount {
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** `set` stops the clock at a time; `advance` moves it on from where it is; `follow` makes it the machine's again. */
export type ClockChange =
  | { readonly kind: 'set'; readonly time: Date }
  | { readonly kind: 'advance'; readonly seconds: number }
  | { readonly kind: 'follow' }

export interface ClockState {
  /** ISO 8601 with milliseconds, UTC. */
  readonly time: string
  /** Whether it stands still. */
  readonly isStopped: boolean
}

/** What the paths do. */
export interface EmulatorControls {
  reset(): Promise<DevAccount>
  createAccount(): Promise<DevAccount>
  /** Throws RangeError for a time that no clock can show. */
  changeClock(change: ClockChange): ClockState
}

const BODY_BYTES_MAX = 1024

/** The handlers by path. Each answers JSON: what was asked for, or `{"error": "…"}` with a 4xx status. */
export function emulatorPaths(controls: EmulatorControls, rule: DirectCallRule): ReadonlyMap<string, HttpHandler> {
  const path = (act: (body: string) => Promise<object> | object): HttpHandler => {
    return (request, response) => void answer({ request, response, act, rule })
  }
  return new Map([
    ['/_iamd/dev/reset', path(() => controls.reset())],
    ['/_iamd/dev/accounts', path(() => controls.createAccount())],
    ['/_iamd/dev/clock', path((body) => controls.changeClock(parseClockChange(body)))],
  ])
}

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly act: (body: string) => Promise<object> | object
  readonly rule: DirectCallRule
}

async function answer({ request, response, act, rule }: Call): Promise<void> {
  try {
    const refusal = refusalOf(request, rule)
    if (refusal !== undefined) {
      send(response, refusal.status, { error: refusal.message })
      return
    }
    send(response, 200, await act(await readBody(request)))
  } catch (error) {
    const isOfCaller = error instanceof SyntaxError || error instanceof RangeError
    send(response, isOfCaller ? 400 : 500, { error: error instanceof Error ? error.message : String(error) })
  }
}

function refusalOf(request: IncomingMessage, rule: DirectCallRule): { status: number; message: string } | undefined {
  if (request.method !== 'POST') return { status: 405, message: 'only POST is answered here' }
  // A page can send this header to another origin only after a preflight, which nothing here answers.
  if (request.headers['x-iamd-dev'] !== '1') return { status: 403, message: 'the header `X-Iamd-Dev: 1` is missing' }
  if (isDirectCall(request, rule)) return undefined
  const message = 'only programs on this machine may call this, by a name that is its own; see `iamd dev --help`'
  return { status: 403, message }
}

async function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8')
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > BODY_BYTES_MAX) throw new RangeError(`the body is longer than ${BODY_BYTES_MAX} bytes`)
  }
  return text
}

/** `{"set": "2030-01-31T12:00:00Z"}`, `{"advanceSeconds": 3600}` or `{"follow": true}`; throws SyntaxError for anything else. */
function parseClockChange(body: string): ClockChange {
  const value: unknown = JSON.parse(body === '' ? '{}' : body)
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 1) {
    if ('follow' in value && value.follow === true) return { kind: 'follow' }
    if ('advanceSeconds' in value && typeof value.advanceSeconds === 'number') {
      return { kind: 'advance', seconds: value.advanceSeconds }
    }
    if ('set' in value && typeof value.set === 'string' && ISO_TIME.test(value.set)) {
      return { kind: 'set', time: new Date(value.set) }
    }
  }
  throw new SyntaxError(
    'the body must be {"set": "2030-01-31T12:00:00Z"}, {"advanceSeconds": 3600} or {"follow": true}',
  )
}

/** With a zone: a time without one would be taken for that of whatever place the machine is in. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/

function send(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }
  // What was not read of a refused request must not be taken for the next one.
  const closing = status === 200 ? {} : { Connection: 'close' }
  const allow = status === 405 ? { Allow: 'POST' } : {}
  response.writeHead(status, { ...headers, ...closing, ...allow, 'Cache-Control': 'no-store' })
  response.end(text)
}
