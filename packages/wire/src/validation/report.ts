import { Fault } from '../fault.ts'
import type { ServiceName } from '../service.ts'

/** How a service words its violations. */
interface Dialect {
  readonly code: string
  /** Whether the refused value is shown (never a sensitive one), and `null` for an absent one. */
  readonly showsValues: boolean
  /** Whether a text's pattern is checked before its length. */
  readonly isPatternFirst: boolean
}

/**
 * Observed: IAM TagUser says `Value at 'tags.1.member.key' ...` with the length first; STS AssumeRole says `Value 'a b' at 'roleSessionName' ...`
 * and `Value null at ...`, with the pattern first.
 */
const dialects: Readonly<Record<ServiceName, Dialect>> = {
  iam: { code: 'ValidationError', showsValues: false, isPatternFirst: false },
  sts: { code: 'ValidationError', showsValues: true, isPatternFirst: true },
  iamd: { code: 'ValidationException', showsValues: false, isPatternFirst: false },
}

/** Gathers the violations of one input, in AWS's order and words. */
export class Report {
  readonly #dialect: Dialect
  readonly #violations: string[] = []
  #refusal: string | undefined

  constructor(service: ServiceName) {
    this.#dialect = dialects[service]
  }

  get isPatternFirst(): boolean {
    return this.#dialect.isPatternFirst
  }

  /** A value that breaks a constraint; `shown` is its text where AWS may show it. */
  add(path: string, constraint: string, shown?: string): void {
    const value = this.#dialect.showsValues && shown !== undefined ? `Value '${shown}' at` : 'Value at'
    this.#violations.push(`${value} '${path}' failed to satisfy constraint: ${constraint}`)
  }

  /** A required value that is absent. */
  addNull(path: string, constraint: string): void {
    const value = this.#dialect.showsValues ? 'Value null at' : 'Value at'
    this.#violations.push(`${value} '${path}' failed to satisfy constraint: ${constraint}`)
  }

  /** A value that IAM refuses in words of its own, after everything else has been checked; only the first is told. */
  refuse(path: string, sentence: string): void {
    this.#refusal ??= `The specified value for ${path} is invalid. ${sentence}`
  }

  /** Throws the Fault for what was gathered, if anything. */
  finish(): void {
    const count = this.#violations.length
    if (count === 0 && this.#refusal === undefined) return
    const message = `${count} validation error${count === 1 ? '' : 's'} detected: ${this.#violations.join('; ')}`
    throw new Fault(this.#dialect.code, count === 0 ? (this.#refusal ?? '') : message, { status: 400 })
  }
}
