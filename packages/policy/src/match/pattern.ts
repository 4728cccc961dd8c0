/**
 * Matching of whole texts against patterns of `*` (any number of UTF-16 units, line ends too) and `?` (one unit).
 *
 * Patterns are programs made before anything is matched; no text of a policy or a request ever becomes a RegExp. The
 * matcher keeps two places and goes back only to the last `*`: its work is bounded by pattern times text, and counted.
 */
import type { StepBudget } from '../context/step-budget.ts'
import type { TemplatePart } from './template.ts'

export type Pattern =
  /** `*` alone. */
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly text: string }
  /** Text and one `*` at its end. */
  | { readonly kind: 'prefix'; readonly text: string }
  /** `kinds` says of each unit of `units` whether it is itself, any unit or any number of units. */
  | { readonly kind: 'glob'; readonly units: string; readonly kinds: string; readonly lengthMin: number }
  | { readonly kind: 'never' }

/** What no text matches. */
export const NEVER: Pattern = { kind: 'never' }

const SELF = 0x30
const ONE = 0x31
const ANY = 0x32

/** `parts` are without variables; one that is left matches nothing. */
export function compilePattern(parts: readonly TemplatePart[]): Pattern {
  let units = ''
  let kinds = ''
  for (const part of parts) {
    if (part.kind === 'variable' || part.kind === 'unresolvable') return NEVER
    if (part.kind === 'text') {
      units += part.text
      kinds += '0'.repeat(part.text.length)
      // Two `*` in a row are one.
    } else if (part.kind === 'one' || !kinds.endsWith('2')) {
      units += part.kind === 'one' ? '?' : '*'
      kinds += part.kind === 'one' ? '1' : '2'
    }
  }
  return patternOf(units, kinds)
}

/** Whether all of `text` matches. Throws StepBudgetExceeded. */
export function matchPattern(pattern: Pattern, text: string, steps: StepBudget): boolean {
  steps.spend(1)
  switch (pattern.kind) {
    case 'any':
      return true
    case 'exact':
      return pattern.text === text
    case 'prefix':
      return text.startsWith(pattern.text)
    case 'glob':
      return text.length >= pattern.lengthMin && matchGlob(pattern, text, steps)
    case 'never':
      return false
  }
}

function patternOf(units: string, kinds: string): Pattern {
  if (kinds === '2') return { kind: 'any' }
  const wildcard = firstWildcard(kinds)
  if (wildcard === kinds.length) return { kind: 'exact', text: units }
  if (wildcard === kinds.length - 1 && kinds.endsWith('2')) return { kind: 'prefix', text: units.slice(0, -1) }
  return { kind: 'glob', units, kinds, lengthMin: kinds.length - (kinds.split('2').length - 1) }
}

function firstWildcard(kinds: string): number {
  let at = 0
  while (kinds.charCodeAt(at) === SELF) at += 1
  return at
}

function matchGlob(
  { units, kinds }: { readonly units: string; readonly kinds: string },
  text: string,
  steps: StepBudget,
): boolean {
  const stepsMax = steps.left
  let taken = 0
  let place = 0
  let at = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    taken += 1
    if (taken > stepsMax) break
    const kind = kinds.charCodeAt(place)
    if (kind === ANY) {
      star = place
      resume = at
      place += 1
      if (place === kinds.length) break
    } else if (kind === ONE || (kind === SELF && units.charCodeAt(place) === text.charCodeAt(at))) {
      place += 1
      at += 1
    } else if (star >= 0) {
      // The last `*` takes one unit more. Earlier ones need not be tried again: they already end as early as they can.
      place = star + 1
      resume += 1
      at = resume
    } else {
      break
    }
  }
  steps.spend(taken)
  if (at < text.length && !(place === kinds.length && kinds.charCodeAt(place - 1) === ANY)) return false
  if (kinds.charCodeAt(place) === ANY) place += 1
  return place === kinds.length
}
