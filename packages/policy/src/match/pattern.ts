/**
 * Matching of whole texts against patterns of `*` (any number of UTF-16 units, line ends too) and `?` (one unit).
 *
 * Patterns are programs made before anything is matched; no text of a policy or a request ever becomes a RegExp. Where there
 * are only `*`, the texts between them are looked for from left to right, each as early as it can stand, which never has to
 * be taken back. Where there is a `?` too, the matcher goes unit by unit and back to the last `*` at most. The work of the one
 * is bounded by the text, that of the other by pattern times text, and both are counted.
 */
import { assertBoolean } from '../assert-answer.ts'
import type { StepBudget } from '../context/step-budget.ts'
import type { TemplatePart } from './template.ts'

export type Pattern =
  /** `*` alone. */
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly text: string }
  /** Text and one `*` at its end. */
  | { readonly kind: 'prefix'; readonly text: string }
  | TextsPattern
  | UnitsPattern
  | { readonly kind: 'never' }

/** Texts with a `*` between each and the next; the first and the last may be empty. */
interface TextsPattern {
  readonly kind: 'texts'
  readonly first: string
  readonly between: readonly string[]
  readonly last: string
  readonly lengthMin: number
}

/** UTF-16 units, ANY and ONE. */
interface UnitsPattern {
  readonly kind: 'units'
  /** What stands before all wildcards, or a part of it; it is among the units too. */
  readonly first: string
  readonly codes: Int32Array
  readonly lengthMin: number
  /** With a `*` in place of each `?`: what this does not match, the pattern does not. */
  readonly wider: Pattern
}

/** What no text matches. */
export const NEVER: Pattern = { kind: 'never' }

const ANY_TEXT: Pattern = { kind: 'any' }

/** `*` and `?` among units, which are not negative. */
const ANY = -1
const ONE = -2

/** `parts` are without variables; one that is left matches nothing. */
export function compilePattern(parts: readonly TemplatePart[]): Pattern {
  const texts = ['']
  let hasOne = false
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        texts.push(`${texts.pop() ?? ''}${part.text}`)
        break
      case 'one':
        hasOne = true
        texts.push('')
        break
      case 'any':
        texts.push('')
        break
      case 'variable':
      case 'unresolvable':
        return NEVER
      default:
        throw new TypeError('what should be a part of a pattern is none')
    }
  }
  return hasOne ? unitsOf(parts, texts) : patternOf(texts)
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
    case 'texts':
      return text.startsWith(pattern.first) && matchTexts(pattern, text, steps)
    case 'units':
      return text.length >= pattern.lengthMin && matchUnits(pattern, text, steps)
    case 'never':
      return false
    default:
      throw new TypeError('what should be a pattern is none')
  }
}

/** What every text that matches starts with. */
export function literalStart(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'exact':
    case 'prefix':
      return pattern.text
    case 'texts':
    case 'units':
      return pattern.first
    case 'any':
    case 'never':
      return ''
  }
}

/** Texts with a `*` between each and the next. */
function patternOf(texts: readonly string[]): Pattern {
  const first = texts[0] ?? ''
  const last = texts.at(-1) ?? ''
  if (texts.length === 1) return { kind: 'exact', text: first }
  const between = texts.slice(1, -1).filter((text) => text !== '')
  if (between.length === 0 && last === '') return first === '' ? ANY_TEXT : { kind: 'prefix', text: first }
  const lengthMin = texts.reduce((sum, text) => sum + text.length, 0)
  return { kind: 'texts', first, between, last, lengthMin }
}

/** The text is known to start with the first. */
function matchTexts({ first, between, last, lengthMin }: TextsPattern, text: string, steps: StepBudget): boolean {
  if (text.length < lengthMin || !text.endsWith(last)) return false
  const end = text.length - last.length
  let at = first.length
  for (const one of between) {
    const found = text.indexOf(one, at)
    const next = found < 0 ? text.length : found + one.length
    // The library's search takes time in proportion to what it passes over, however the text repeats itself.
    steps.spend(next - at + 1)
    if (found < 0 || next > end) return false
    at = next
  }
  return at <= end
}

function unitsOf(parts: readonly TemplatePart[], texts: readonly string[]): Pattern {
  const codes: number[] = []
  for (const part of parts) {
    if (part.kind === 'text') {
      for (let index = 0; index < part.text.length; index += 1) codes.push(part.text.charCodeAt(index))
    } else if (part.kind === 'one') codes.push(ONE)
    // Two `*` in a row are one.
    else if (codes.at(-1) !== ANY) codes.push(ANY)
  }
  const first = parts[0]?.kind === 'text' ? parts[0].text : ''
  const lengthMin = codes.filter((code) => code !== ANY).length
  return { kind: 'units', first, codes: Int32Array.from(codes), lengthMin, wider: patternOf(texts) }
}

function matchUnits({ codes, wider }: UnitsPattern, text: string, steps: StepBudget): boolean {
  // Nearly all that does not match is found out here, where the library does the looking.
  const isNear = matchPattern(wider, text, steps)
  assertBoolean(isNear)
  if (!isNear) return false
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
