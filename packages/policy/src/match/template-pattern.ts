/**
 * Patterns in which variables may stand, matched without being put together for each request: as far as the first wildcard, a
 * text or what a variable stands for must come next, and behind it is a pattern like any other. Only a pattern with a variable
 * behind a wildcard, or with a `?` before a variable, is made anew with the request's values in it.
 */
import { assertBoolean, assertText } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { compilePattern, literalStart, matchPattern, type Pattern } from './pattern.ts'
import {
  assertParts,
  hasVariables,
  resolveTemplate,
  resolveVariable,
  type TemplatePart,
  type Variable,
} from './template.ts'

export type TemplatePattern =
  /** Without variables. */
  | { readonly kind: 'fixed'; readonly pattern: Pattern }
  | LeadingPattern
  | { readonly kind: 'late'; readonly first: string; readonly parts: readonly TemplatePart[] }

/** All variables stand before all wildcards. */
interface LeadingPattern {
  readonly kind: 'leading'
  readonly first: string
  /** What follows the first text: texts and variables in turn. */
  readonly leading: readonly (string | Variable)[]
  /** For what is left. */
  readonly rest: Pattern
}

/** A variable that stands for nothing in any request makes a pattern that nothing matches. */
export function compileTemplate(parts: readonly TemplatePart[]): TemplatePattern {
  const isVariable = hasVariables(parts)
  assertBoolean(isVariable)
  if (!isVariable) return { kind: 'fixed', pattern: compilePattern(parts) }
  const first = parts[0]?.kind === 'text' ? parts[0].text : ''
  const leading: (string | Variable)[] = []
  for (const part of first === '' ? parts : parts.slice(1)) {
    if (part.kind === 'text') leading.push(part.text)
    else if (part.kind === 'variable') leading.push(part)
    else break
  }
  const rest = parts.slice(leading.length + (first === '' ? 0 : 1))
  return hasVariables(rest)
    ? { kind: 'late', first, parts }
    : { kind: 'leading', first, leading, rest: compilePattern(rest) }
}

/** Whether all of `text` matches; a pattern with a variable that has no value matches nothing. Throws StepBudgetExceeded. */
export function matchTemplate(pattern: TemplatePattern, text: string, evaluation: Evaluation): boolean {
  switch (pattern.kind) {
    case 'fixed':
      return matchPattern(pattern.pattern, text, evaluation.steps)
    case 'leading':
      return text.startsWith(pattern.first) && matchLeading(pattern, text, evaluation)
    case 'late':
      return text.startsWith(pattern.first) && matchLate(pattern.parts, text, evaluation)
    default:
      throw new TypeError('what should be a pattern with variables is none')
  }
}

/** What every text that matches starts with, whatever variables stand for. */
export function templateStart(pattern: TemplatePattern): string {
  return pattern.kind === 'fixed' ? literalStart(pattern.pattern) : pattern.first
}

/** The text is known to start with the first. */
function matchLeading({ first, leading, rest }: LeadingPattern, text: string, evaluation: Evaluation): boolean {
  let at = first.length
  for (const part of leading) {
    evaluation.steps.spend(1)
    const next = typeof part === 'string' ? part : resolveVariable(part, evaluation)
    if (next === undefined) return false
    assertText(next)
    if (!text.startsWith(next, at)) return false
    at += next.length
  }
  // The two common ends need no text of their own to be matched.
  if (rest.kind === 'any') return true
  if (rest.kind === 'exact' && rest.text === '') return at === text.length
  return matchPattern(rest, text.slice(at), evaluation.steps)
}

function matchLate(parts: readonly TemplatePart[], text: string, evaluation: Evaluation): boolean {
  const resolved = resolveTemplate(parts, evaluation)
  if (resolved === undefined) return false
  assertParts(resolved)
  return matchPattern(compilePattern(resolved), text, evaluation.steps)
}
