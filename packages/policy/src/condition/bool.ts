import { lowerCaseAscii } from '../ascii.ts'
import { assertBoolean, assertText } from '../assert-answer.ts'
import type { ValueOperator } from './operator.ts'

export const BOOL_OPERATORS: readonly ValueOperator[] = [
  {
    kind: 'value',
    name: 'Bool',
    isNegated: false,
    takesVariables: false,
    isWellFormed: () => true,
    compile(operands) {
      const wantsTrue = operands.some(isTrue)
      const wantsFalse = !operands.every(isTrue)
      return (value) => {
        const is = isTrue(value)
        assertBoolean(is)
        return (is ? wantsTrue : wantsFalse) ? 'match' : 'differ'
      }
    },
  },
]

/** Observed: `true` in any case is true, and everything else is false. */
function isTrue(text: string): boolean {
  if (text.length !== TRUE.length) return false
  const folded = lowerCaseAscii(text)
  assertText(folded)
  return folded === TRUE
}

const TRUE = 'true'
