/** String operators: whole texts, equal or alike, with what variables stand for as literal text. */
import { assertBoolean, assertText } from '../assert-answer.ts'
import { hasVariables, parseTemplate, resolveText, type TemplatePart } from '../match/template.ts'
import { compileTemplate, matchTemplate } from '../match/template-pattern.ts'
import type { OperandSyntax, ValueOperator, ValueTest } from './operator.ts'

type Fold = (text: string) => string

const asIs: Fold = (text) => text

/**
 * AWS lower-cases by Unicode's rules, a final sigma included, without folding or normalization: `ſ` is not `s`. Observed.
 * (Names of actions and keys are another matter: see lowerCaseAscii.)
 */
const lowerCased: Fold = (text) => text.toLowerCase()

export const STRING_OPERATORS: readonly ValueOperator[] = [
  { ...stringOperator(equalTo(asIs)), name: 'StringEquals', isNegated: false },
  { ...stringOperator(equalTo(asIs)), name: 'StringNotEquals', isNegated: true },
  { ...stringOperator(equalTo(lowerCased)), name: 'StringEqualsIgnoreCase', isNegated: false },
  { ...stringOperator(equalTo(lowerCased)), name: 'StringNotEqualsIgnoreCase', isNegated: true },
  { ...stringOperator(like), name: 'StringLike', isNegated: false },
  { ...stringOperator(like), name: 'StringNotLike', isNegated: true },
]

/** The texts that operands without wildcards stand for, or undefined when one of them has a variable. */
export function fixedTexts(operands: readonly string[], { variables }: OperandSyntax): ReadonlySet<string> | undefined {
  const all = operands.map((operand) => parseTemplate(operand, { wildcards: false, variables }))
  return all.some(hasVariables) ? undefined : new Set(all.map(textOf))
}

function stringOperator(compile: ValueOperator['compile']): Omit<ValueOperator, 'name' | 'isNegated'> {
  return { kind: 'value', takesVariables: true, isWellFormed: () => true, compile }
}

function equalTo(fold: Fold): ValueOperator['compile'] {
  return (operands, { variables }) => {
    const fixed = new Set<string>()
    const templates: (readonly TemplatePart[])[] = []
    for (const operand of operands) {
      const parts = parseTemplate(operand, { wildcards: false, variables })
      if (hasVariables(parts)) templates.push(parts)
      else fixed.add(fold(textOf(parts)))
    }
    const equalsTemplate = fold === asIs ? anyOf(templates) : anyFolded(templates, fold)
    return (value, evaluation) => {
      const folded = fold(value)
      assertText(folded)
      if (fixed.has(folded)) return 'match'
      return templates.length === 0 ? 'differ' : equalsTemplate(folded, evaluation)
    }
  }
}

/** `${*}` in an operand of StringEquals is a text part as any other. */
function textOf(parts: readonly TemplatePart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
}

/** Lower-casing looks at what stands around a letter, so that the text is put together before. */
function anyFolded(templates: readonly (readonly TemplatePart[])[], fold: Fold): ValueTest {
  return (folded, evaluation) => {
    for (const parts of templates) {
      const text = resolveText(parts, evaluation)
      if (text === undefined) continue
      const other = fold(text)
      assertText(other)
      if (other === folded) return 'match'
    }
    return 'differ'
  }
}

function like(operands: readonly string[], { variables }: OperandSyntax): ValueTest {
  return anyOf(operands.map((operand) => parseTemplate(operand, { wildcards: true, variables })))
}

function anyOf(templates: readonly (readonly TemplatePart[])[]): ValueTest {
  const patterns = templates.map(compileTemplate)
  return (value, evaluation) => {
    for (const pattern of patterns) {
      const matches = matchTemplate(pattern, value, evaluation)
      assertBoolean(matches)
      if (matches) return 'match'
    }
    return 'differ'
  }
}
