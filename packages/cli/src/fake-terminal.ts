import { PassThrough, Writable } from 'node:stream'

import type { CommandSession } from './command.ts'
import { openTerminal, type CommandIo, type OutputFormat } from './terminal.ts'

/** How the person at a fake terminal behaves, and what their terminal is. */
export type FakePerson = {
  readonly format?: OutputFormat
  /** True if there is a person at a terminal; they then answer as given here. */
  readonly isInteractive?: boolean
  readonly confirms?: readonly (boolean | undefined)[]
  readonly passwords?: readonly (string | undefined)[]
  readonly stdin?: string
  readonly env?: CommandIo['env']
}

/** A session whose streams a test can read. */
export type FakeTerminal = {
  readonly session: CommandSession
  readonly io: CommandIo
  readonly stdout: () => string
  readonly stderr: () => string
  /** The questions that were asked. */
  readonly questions: readonly string[]
}

/** A session without a process: streams in memory, and a person who answers from a list. */
export function fakeTerminal(person: FakePerson = {}): FakeTerminal {
  const isTTY = person.isInteractive === true
  const stdout = sink(isTTY)
  const stderr = sink(isTTY)
  const stdin = Object.assign(new PassThrough(), { isTTY })
  stdin.end(person.stdin ?? '')
  const io: CommandIo = { stdin, stdout: stdout.stream, stderr: stderr.stream, env: { NO_COLOR: '1', ...person.env } }
  const questions: string[] = []
  const confirms = [...(person.confirms ?? [])]
  const passwords = [...(person.passwords ?? [])]
  const prompter = {
    confirm: (question: string) => {
      questions.push(question)
      return Promise.resolve(confirms.shift())
    },
    password: (question: string) => {
      questions.push(question)
      return Promise.resolve(passwords.shift())
    },
  }
  const session = { io, terminal: openTerminal(io, person.format ?? 'text'), prompter }
  return { session, io, stdout: stdout.text, stderr: stderr.text, questions }
}

function sink(isTTY: boolean): { stream: Writable & { isTTY: boolean }; text: () => string } {
  let written = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString()
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY }), text: () => written }
}
