/**
 * Text of a policy that may hold wildcards and policy variables, cut into parts (IAM User Guide, "IAM policy elements:
 * Variables and tags").
 *
 * A template is read once, when the policy is compiled. What a variable stands for is put in as literal text when a request
 * is decided and is never read again, so a `*`, a `?` or a `${` in a user's name or tag means itself (negative test F-05).
 */
import { asName, lowerCaseAscii } from '../ascii.ts'
import { assertText } from '../assert-answer.ts'
import { type Evaluation, readKey } from '../context/evaluation.ts'
import { isMultivaluedKey } from '../context/multivalued.ts'

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `*`: any number of UTF-16 units. */
  | { readonly kind: 'any' }
  /** `?`: one UTF-16 unit. */
  | { readonly kind: 'one' }
  | Variable
  /** A variable that stands for nothing in any request: malformed, or of a multi-valued key (default or not). */
  | { readonly kind: 'unresolvable'; readonly text: string }

export interface Variable {
  readonly kind: 'variable'
  /** In lower case. */
  readonly key: string
  readonly fallback: string | undefined
}

export interface TemplateSyntax {
  readonly wildcards: boolean
  /** Only version 2012-10-17 has variables. */
  readonly variables: boolean
}

/** Neighbouring texts are one part. */
export function parseTemplate(source: string, { wildcards, variables }: TemplateSyntax): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let literal = ''
  const add = (part: TemplatePart): void => {
    if (literal !== '') parts.push({ kind: 'text', text: literal })
    literal = ''
    parts.push(part)
  }
  const endOf = variableEnds(source)
  for (let at = 0; at < source.length;) {
    const unit = source[at]
    const end = variables && unit === '$' && source[at + 1] === '{' ? endOf(at) : -1
    if (end > 0) {
      const part = parseVariable(source.slice(at, end))
      if (part.kind === 'text') literal += part.text
      else add(part)
      at = end
    } else {
      if (wildcards && unit === '*') add({ kind: 'any' })
      else if (wildcards && unit === '?') add({ kind: 'one' })
      else literal += unit
      at += 1
    }
  }
  if (literal !== '') parts.push({ kind: 'text', text: literal })
  return parts
}

/** Parts without variables, or undefined when one of them has no value in this request. Throws StepBudgetExceeded. */
export function resolveTemplate(
  parts: readonly TemplatePart[],
  evaluation: Evaluation,
): readonly TemplatePart[] | undefined {
  const resolved: TemplatePart[] = []
  for (const part of parts) {
    if (part.kind === 'unresolvable') return undefined
    if (part.kind !== 'variable') resolved.push(part)
    else {
      const text = resolveVariable(part, evaluation)
      if (text === undefined) return undefined
      assertText(text)
      // What the values come to together may be far longer than the policy and the request.
      evaluation.steps.spend(text.length)
      resolved.push({ kind: 'text', text })
    }
  }
  return resolved
}

/** The text of parts that have no wildcards, or undefined as with resolveTemplate. */
export function resolveText(parts: readonly TemplatePart[], evaluation: Evaluation): string | undefined {
  const resolved = resolveTemplate(parts, evaluation)
  if (resolved === undefined) return undefined
  assertParts(resolved)
  let text = ''
  for (const part of resolved) {
    if (part.kind !== 'text') return undefined
    text += part.text
  }
  return text
}

/** What a variable stands for; undefined when it has no value in this request and no default. */
export function resolveVariable({ key, fallback }: Variable, evaluation: Evaluation): string | undefined {
  const value = readKey(evaluation, key)
  if (value === undefined) return fallback
  if (typeof value === 'string') return value
  // A list is the value of a multi-valued key, which cannot be put in, whatever the catalogue knows of the key.
  if (Array.isArray(value)) return undefined
  throw new TypeError('the value of a key is neither a text nor a list')
}

/** Throws for what `resolveTemplate` can never give. */
export function assertParts(parts: unknown): void {
  if (!Array.isArray(parts)) throw new TypeError('a template that was resolved is no list')
}

export function hasVariables(parts: readonly TemplatePart[]): boolean {
  return parts.some(({ kind }) => kind === 'variable' || kind === 'unresolvable')
}

const ESCAPED: ReadonlySet<string> = new Set(['*', '?', '$'])

/**
 * Finds the offset after the closing brace of a variable by the offset of its start; -1 when there is none, and then `${` is
 * text. A quoted default may hold a brace. To be asked of starts in their order.
 */
function variableEnds(source: string): (start: number) => number {
  const braceFrom = nextOf('}', source)
  const quoteFrom = nextOf("'", source)
  const closingFrom = nextOf("'", source)
  const lastBraceFrom = nextOf('}', source)
  return (start) => {
    const brace = braceFrom(start)
    const quote = quoteFrom(start)
    if (quote < 0 || brace < quote) return brace + 1 || -1
    const closing = closingFrom(quote + 1)
    return closing < 0 ? brace + 1 || -1 : lastBraceFrom(closing) + 1 || -1
  }
}

/** As indexOf, for places that only go forward: all searches together pass over the text once, however many there are. */
function nextOf(unit: string, source: string): (from: number) => number {
  let found = source.indexOf(unit)
  return (from) => {
    if (found >= 0 && found < from) found = source.indexOf(unit, from)
    return found
  }
}

/** `source` is `${` to `}`. */
function parseVariable(source: string): TemplatePart {
  const inner = source.slice(2, -1)
  if (ESCAPED.has(inner)) return { kind: 'text', text: inner }
  const comma = inner.indexOf(',')
  const name = comma < 0 ? inner : inner.slice(0, comma)
  const fallback = comma < 0 ? undefined : parseDefault(inner.slice(comma + 1).trim())
  const isMalformed =
    name === '' || name !== name.trim() || name.includes("'") || (comma >= 0 && fallback === undefined)
  const key = asName(lowerCaseAscii(name))
  if (isMalformed || isMultivaluedKey(key)) return { kind: 'unresolvable', text: source }
  return { kind: 'variable', key, fallback }
}

function parseDefault(quoted: string): string | undefined {
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'")
  return isQuoted && !quoted.slice(1, -1).includes("'") ? quoted.slice(1, -1) : undefined
}

/** The names of a text's variables as they are written, the escapes `*`, `?` and `$` among them. */
export function* variableNames(source: string): Generator<string> {
  const endOf = variableEnds(source)
  for (let at = source.indexOf('${'); at >= 0; at = source.indexOf('${', at)) {
    const end = endOf(at)
    if (end <= 0) return
    const [name = ''] = source.slice(at + 2, end - 1).split(',', 1)
    if (name !== '') yield name
    at = end
  }
}

/** Parts in the policy's own syntax, so that a `*` that a variable stands for is told from a wildcard. */
export function templateText(parts: readonly TemplatePart[]): string {
  return parts.map(partText).join('')
}

function partText(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return part.text.replaceAll(/[*?]|\$(?=\{)/g, (unit) => `\${${unit}}`)
    case 'any':
      return '*'
    case 'one':
      return '?'
    case 'variable':
      return part.fallback === undefined ? `\${${part.key}}` : `\${${part.key}, '${part.fallback}'}`
    case 'unresolvable':
      return part.text
  }
}
