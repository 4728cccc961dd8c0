/** Who and what the random questions are about. */

/** Whole numbers from 0 to below the bound. */
export type Random = (bound: number) => number

/** The user who asks. */
export const SUBJECT = 'Ann'
export const GROUPS = ['Team', 'Leads'] as const
export const POLICIES = ['Readers', 'Writers', 'Limit'] as const
export const ACCOUNT = 'arn:aws:iam::123456789012'

/** One of them; throws when there is none. */
export function pick<T>(random: Random, all: readonly T[]): T {
  const one = all[random(all.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
