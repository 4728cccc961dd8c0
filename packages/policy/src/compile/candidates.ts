import type { Entry } from './compile-policy.ts'

/** Statements that may apply to a request, in the order of the policies: their Action or NotAction matches. */
export interface Candidates {
  readonly kind: 'listed'
  readonly denies: readonly Entry[]
  readonly allows: readonly Entry[]
}

/** The entries by their effect. */
export function candidatesOf(entries: readonly Entry[]): Candidates {
  const denies: Entry[] = []
  const allows: Entry[] = []
  for (const entry of entries) {
    const list = entry.program.effect === 'Deny' ? denies : allows
    list.push(entry)
  }
  return { kind: 'listed', denies, allows }
}
