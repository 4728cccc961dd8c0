import { assertBoolean, assertText } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { compilePattern, matchPattern } from '../match/pattern.ts'
import { hasVariables, parseTemplate, resolveTemplate, resolveText, type TemplatePart } from '../match/template.ts'
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
    return (value, evaluation) => {
      const folded = fold(value)
      assertText(folded)
      if (fixed.has(folded)) return 'match'
      for (const parts of templates) {
        const isEqual = equalsResolved(parts, { folded, fold, evaluation })
        assertBoolean(isEqual)
        if (isEqual) return 'match'
      }
      return 'differ'
    }
  }
}

function equalsResolved(
  parts: readonly TemplatePart[],
  { folded, fold, evaluation }: { readonly folded: string; readonly fold: Fold; readonly evaluation: Evaluation },
): boolean {
  const text = resolveText(parts, evaluation)
  if (text === undefined) return false
  const other = fold(text)
  assertText(other)
  return other === folded
}

/** `${*}` in an operand of StringEquals is a text part as any other. */
function textOf(parts: readonly TemplatePart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
}

function like(operands: readonly string[], { variables }: OperandSyntax): ValueTest {
  const tests = operands.map((operand) => templateTest(parseTemplate(operand, { wildcards: true, variables })))
  return (value, evaluation) => {
    for (const test of tests) {
      const isLike = test(value, evaluation)
      assertBoolean(isLike)
      if (isLike) return 'match'
    }
    return 'differ'
  }
}

function templateTest(parts: readonly TemplatePart[]): (value: string, evaluation: Evaluation) => boolean {
  if (!hasVariables(parts)) {
    const pattern = compilePattern(parts)
    return (value, { steps }) => matchPattern(pattern, value, steps)
  }
  return (value, evaluation) => {
    const resolved = resolveTemplate(parts, evaluation)
    return resolved !== undefined && matchPattern(compilePattern(resolved), value, evaluation.steps)
  }
}
