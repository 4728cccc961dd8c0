/**
 * ARN operators. ArnEquals is ArnLike: the six parts of an ARN are compared one by one, each with its own wildcards, so that
 * `*` never reaches over a colon into the next part (it does within the last part, the resource's own).
 */
import { assertBoolean } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { splitArn } from '../match/arn-parts.ts'
import { assertParts, hasVariables, parseTemplate, resolveTemplate, type TemplatePart } from '../match/template.ts'
import { compileTemplate, matchTemplate, type TemplatePattern } from '../match/template-pattern.ts'
import type { Comparison, OperandSyntax, ValueOperator, ValueTest } from './operator.ts'

export const ARN_OPERATORS: readonly ValueOperator[] = [
  { ...arnOperator(), name: 'ArnEquals', isNegated: false },
  { ...arnOperator(), name: 'ArnLike', isNegated: false },
  { ...arnOperator(), name: 'ArnNotEquals', isNegated: true },
  { ...arnOperator(), name: 'ArnNotLike', isNegated: true },
]

function arnOperator(): Omit<ValueOperator, 'name' | 'isNegated'> {
  return { kind: 'value', takesVariables: true, isWellFormed, compile }
}

/** A wildcard or a variable may stand for several parts as far as storing goes; only matching finds that it does not. */
function isWellFormed(operand: string, { variables }: OperandSyntax): boolean {
  const parts = parseTemplate(operand, { wildcards: true, variables })
  return parts.some(({ kind }) => kind !== 'text') || isArn(splitArn(operand))
}

function isArn(parts: readonly string[] | undefined): parts is readonly string[] {
  if (parts === undefined) return false
  if (!Array.isArray(parts) || parts.length !== 6) throw new TypeError('an ARN has not six parts')
  return parts[0] === 'arn'
}

function compile(operands: readonly string[], syntax: OperandSyntax): ValueTest {
  const tests = operands.map((operand) => compileOperand(operand, syntax))
  return (value, evaluation) => {
    const arn = splitArn(value)
    const isWhole = isArn(arn)
    assertBoolean(isWhole)
    if (!isWhole) return 'malformedValue'
    let comparison: Comparison = 'differ'
    for (const test of tests) {
      const one = test(arn, evaluation)
      if (one === 'match') return one
      if (one === 'malformedOperand') comparison = one
      else if (one !== 'differ') throw new TypeError('comparing an ARN has no outcome')
    }
    return comparison
  }
}

type ArnTest = (arn: readonly string[], evaluation: Evaluation) => Comparison

function compileOperand(operand: string, { variables }: OperandSyntax): ArnTest {
  const parts = parseTemplate(operand, { wildcards: true, variables })
  const patterns = splitTemplate(parts)?.map(compileTemplate)
  if (patterns !== undefined || !hasVariables(parts)) {
    return (arn, evaluation) => matchSections(patterns, arn, evaluation)
  }
  // What a variable stands for makes parts of its own only in an operand that has not all six without it, such as
  // `${aws:PrincipalArn}`: elsewhere a colon in a tag must not shift what follows it.
  return (arn, evaluation) => {
    const resolved = resolveTemplate(parts, evaluation)
    if (resolved === undefined) return 'differ'
    assertParts(resolved)
    return matchSections(splitTemplate(resolved)?.map(compileTemplate), arn, evaluation)
  }
}

function matchSections(
  patterns: readonly TemplatePattern[] | undefined,
  arn: readonly string[],
  evaluation: Evaluation,
): Comparison {
  if (patterns === undefined) return 'malformedOperand'
  for (let index = 0; index < patterns.length; index += 1) {
    const pattern = patterns[index]
    if (pattern === undefined) throw new RangeError('a part of an ARN is missing')
    const matches = matchTemplate(pattern, arn[index] ?? '', evaluation)
    assertBoolean(matches)
    if (!matches) return 'differ'
  }
  return 'match'
}

/** Cut at the first five colons of its texts, or undefined when there are fewer. */
function splitTemplate(parts: readonly TemplatePart[]): readonly (readonly TemplatePart[])[] | undefined {
  const sections: TemplatePart[][] = [[]]
  for (const part of parts) {
    const texts = part.kind === 'text' ? splitText(part.text, 6 - sections.length) : undefined
    if (texts === undefined) sections.at(-1)?.push(part)
    else {
      for (const [index, text] of texts.entries()) {
        if (index > 0) sections.push([])
        if (text !== '') sections.at(-1)?.push({ kind: 'text', text })
      }
    }
  }
  return sections.length === 6 ? sections : undefined
}

function splitText(text: string, cutsMax: number): readonly string[] {
  const pieces = text.split(':')
  return [...pieces.slice(0, cutsMax), ...(pieces.length > cutsMax ? [pieces.slice(cutsMax).join(':')] : [])]
}
