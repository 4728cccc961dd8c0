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
      const wanted = new Set(operands.map(isTrue))
      return (value) => {
        const is = isTrue(value)
        assertBoolean(is)
        return wanted.has(is) ? 'match' : 'differ'
      }
    },
  },
]

/** Observed: `true` in any case is true, and everything else is false. */
function isTrue(text: string): boolean {
  const folded = lowerCaseAscii(text)
  assertText(folded)
  return folded === 'true'
}
