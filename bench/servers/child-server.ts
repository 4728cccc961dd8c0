/** A server in a process of its own: how it is started, found ready, observed and stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EventLoopDelay, Observe } from '../processes/observe-server.ts'

const READY_SECONDS_MAX = 30
const STOP_SECONDS_MAX = 20
const POLL_MS = 3

export interface ChildStart {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly port: number
  /** Standard input. */
  readonly input?: string
}

export interface ChildServer {
  readonly port: number
  readonly pid: number
  /** From the start of the process until it answered a request. */
  readonly readyMs: number
  /** Of standard output. */
  firstLine(): Promise<string>
  observeEventLoop(): { report(): Promise<EventLoopDelay> }
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>
}

/** Starts the server and resolves when it answers; throws with what it wrote to standard error where it ends before. */
export async function startChild(start: ChildStart): Promise<ChildServer> {
  const startedAt = performance.now()
  const child = spawn(start.command, start.args, {
    env: { ...process.env, ...start.env },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  })
  const { stdin, stdout, stderr, pid } = child
  // A run that is broken off leaves no server behind.
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.prependOnceListener('exit', killWithUs)
  child.once('exit', () => process.off('exit', killWithUs))
  if (stdin === null || stdout === null || stderr === null || pid === undefined) {
    throw new Error(`cannot run \`${start.command}\``)
  }
  stdin.end(start.input ?? '')
  let written = ''
  let complaints = ''
  stdout.on('data', (chunk: Buffer) => {
    if (!written.includes('\n')) written += chunk.toString()
  })
  stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-2000)
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error(`\`${start.command} ${start.args.join(' ')}\` ended: ${complaints}`)
  })
  const readyMs = await Promise.race([answering(start.port, startedAt), ended])
  ended.catch(() => {})
  return {
    port: start.port,
    pid,
    readyMs,
    async firstLine() {
      while (!written.includes('\n')) await Promise.race([once(stdout, 'data'), ended])
      return written.split('\n')[0] ?? ''
    },
    observeEventLoop: () => observe(child),
    stop: () => stop(child),
  }
}

/** A port of 127.0.0.1 that nobody has at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('a server without an address')
  return address.port
}

async function answering(port: number, startedAt: number): Promise<number> {
  while (performance.now() - startedAt < READY_SECONDS_MAX * 1000) {
    if (await answers(port)) return performance.now() - startedAt
    await sleep(POLL_MS)
  }
  throw new Error(`nothing answers on port ${port} after ${READY_SECONDS_MAX} s`)
}

/** Whether the server answers anything at all: one that listens may still be busy starting. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
    )
    const end = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('data', () => end(true))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}

function observe(child: ChildProcess): { report(): Promise<EventLoopDelay> } {
  const tell = (message: Observe): void => void child.send(message)
  tell('start')
  return {
    async report() {
      tell('report')
      const [delay]: EventLoopDelay[] = await once(child, 'message')
      if (delay === undefined) throw new Error('the server reported no event-loop delay')
      return delay
    },
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS_MAX * 1000)
  await once(child, 'exit')
  clearTimeout(deadline)
}
