import { stripVTControlCharacters } from 'node:util'

/** What the process's exit code says; `docs/cli.md` lists them. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const

/** What a failure may say beside its message. */
export type FailureDetails = {
  /** What the person can do about it, as a clause that follows the message. */
  readonly remedy?: string
  /** One of `exitCodes`; `failed` if absent. */
  readonly exitCode?: (typeof exitCodes)[keyof typeof exitCodes]
  /** What `--output json` prints beside the error, such as what had been made before it. */
  readonly report?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** An end of a command that the person who typed it can understand: printed as one line, without a stack. */
export class Failure extends Error {
  readonly remedy: string | undefined
  readonly exitCode: number
  readonly report: Readonly<Record<string, unknown>> | undefined

  constructor(message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause })
    this.name = 'Failure'
    this.remedy = details.remedy
    this.exitCode = details.exitCode ?? exitCodes.failed
    this.report = details.report
  }
}

/** An end whose reason has been printed as the command's result already, such as a denied simulation: only its code is left. */
export class ReportedEnd extends Error {
  readonly exitCode: number

  constructor(exitCode: (typeof exitCodes)[keyof typeof exitCodes]) {
    super(`ended with exit code ${exitCode}`)
    this.name = 'ReportedEnd'
    this.exitCode = exitCode
  }
}

/** A failure whose cause is what was typed: exit code 2. */
export function wrongUsage(message: string, remedy?: string): Failure {
  return new Failure(message, { exitCode: exitCodes.wrongUsage, ...(remedy === undefined ? {} : { remedy }) })
}

/** The text of anything thrown, on one line and without control characters, because a server may have written it. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}
