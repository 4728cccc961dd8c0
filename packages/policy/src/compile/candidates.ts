import type { StatementProgram } from './statement-program.ts'

/** Places of statements that may apply to a request, in the order of the policies: their Action or NotAction matches. */
export interface Candidates {
  readonly kind: 'listed'
  readonly denies: readonly number[]
  readonly allows: readonly number[]
}

/** A statement and its place among all of a set. */
export interface PlacedStatement {
  readonly place: number
  readonly program: StatementProgram
}

/** The places by the effect of their statements. */
export function candidatesOf(statements: readonly PlacedStatement[]): Candidates {
  const denies: number[] = []
  const allows: number[] = []
  for (const { place, program } of statements) {
    const list = program.effect === 'Deny' ? denies : allows
    list.push(place)
  }
  return { kind: 'listed', denies, allows }
}
