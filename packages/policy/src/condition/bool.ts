import { lowerCaseAscii } from '../ascii.ts'
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
      return (value) => (wanted.has(isTrue(value)) ? 'match' : 'differ')
    },
  },
]

/** Observed: `true` in any case is true, and everything else is false. */
function isTrue(text: string): boolean {
  return lowerCaseAscii(text) === 'true'
}
