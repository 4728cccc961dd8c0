import { assertBoolean } from '../assert-answer.ts'
import { assertAddress, isInRange, parseIpRange, parseRequestAddress } from './ip-range.ts'
import type { ValueOperator, ValueTest } from './operator.ts'

export const IP_OPERATORS: readonly ValueOperator[] = [
  { ...ipOperator(), name: 'IpAddress', isNegated: false },
  { ...ipOperator(), name: 'NotIpAddress', isNegated: true },
]

function ipOperator(): Omit<ValueOperator, 'name' | 'isNegated'> {
  return {
    kind: 'value',
    takesVariables: false,
    isWellFormed: (operand) => parseIpRange(operand) !== undefined,
    compile,
  }
}

/** A malformed operand is in no range, so NotIpAddress may hold beside it; a malformed value matches neither. Observed. */
function compile(operands: readonly string[]): ValueTest {
  const ranges = operands.map(parseIpRange).filter((range) => range !== undefined)
  return (value) => {
    const address = parseRequestAddress(value)
    if (address === undefined) return 'malformedValue'
    assertAddress(address)
    for (const range of ranges) {
      const isInside = isInRange(address, range)
      assertBoolean(isInside)
      if (isInside) return 'match'
    }
    return 'differ'
  }
}
