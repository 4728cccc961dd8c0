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
  /** UTF-16 units, ANY and ONE. */
  | { readonly kind: 'glob'; readonly codes: Int32Array; readonly lengthMin: number }
  | { readonly kind: 'never' }

/** What no text matches. */
export const NEVER: Pattern = { kind: 'never' }

/** `*` and `?` among units, which are not negative. */
const ANY = -1
const ONE = -2

/** `parts` are without variables; one that is left matches nothing. */
export function compilePattern(parts: readonly TemplatePart[]): Pattern {
  const [first, second] = parts
  // Most patterns are one of these three.
  if (parts.length === 0) return { kind: 'exact', text: '' }
  if (parts.length === 1 && first?.kind === 'text') return { kind: 'exact', text: first.text }
  if (parts.length === 2 && first?.kind === 'text' && second?.kind === 'any')
    return { kind: 'prefix', text: first.text }
  const codes: number[] = []
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        for (let index = 0; index < part.text.length; index += 1) codes.push(part.text.charCodeAt(index))
        break
      case 'one':
        codes.push(ONE)
        break
      case 'any':
        // Two `*` in a row are one.
        if (codes.at(-1) !== ANY) codes.push(ANY)
        break
      case 'variable':
      case 'unresolvable':
        return NEVER
      default:
        throw new TypeError('what should be a part of a pattern is none')
    }
  }
  return patternOf(codes)
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
      return text.length >= pattern.lengthMin && matchGlob(pattern.codes, text, steps)
    case 'never':
      return false
    default:
      throw new TypeError('what should be a pattern is none')
  }
}

function patternOf(codes: readonly number[]): Pattern {
  if (codes.length === 1 && codes[0] === ANY) return { kind: 'any' }
  const wildcard = codes.findIndex((code) => code < 0)
  if (wildcard < 0) return exactText('exact', codes)
  const isPrefix = wildcard === codes.length - 1 && codes[wildcard] === ANY
  if (isPrefix) return exactText('prefix', codes.slice(0, wildcard))
  const lengthMin = codes.filter((code) => code !== ANY).length
  return { kind: 'glob', codes: Int32Array.from(codes), lengthMin }
}

function exactText(kind: 'exact' | 'prefix', codes: readonly number[]): Pattern {
  let text = ''
  for (const code of codes) text += String.fromCharCode(code)
  return { kind, text }
}

function matchGlob(codes: Int32Array, text: string, steps: StepBudget): boolean {
  const stepsMax = steps.left
  const { length } = text
  let taken = 0
  let place = 0
  let at = 0
  let star = -1
  let resume = 0
  while (at < length && taken <= stepsMax) {
    taken += 1
    const code = codes[place]
    if (code === text.charCodeAt(at) || code === ONE) {
      place += 1
      at += 1
    } else if (code === ANY) {
      star = place
      resume = at
      place += 1
      if (place === codes.length) break
    } else if (star >= 0) {
      // The last `*` takes one unit more. Earlier ones need not be tried again: they already end as early as they can.
      place = star + 1
      resume += 1
      at = resume
    } else break
  }
  steps.spend(taken)
  // A `*` at the end takes all that is left.
  if (star === codes.length - 1) return true
  if (at < length) return false
  return place === codes.length || (place === codes.length - 1 && codes[place] === ANY)
}
