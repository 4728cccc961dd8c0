import { assertDecimal, compareDecimals, parseDecimal } from './decimal.ts'
import type { ValueOperator } from './operator.ts'
import { orderedOperators } from './ordered.ts'

export const NUMERIC_OPERATORS: readonly ValueOperator[] = orderedOperators(
  {
    Equals: 'NumericEquals',
    NotEquals: 'NumericNotEquals',
    LessThan: 'NumericLessThan',
    LessThanEquals: 'NumericLessThanEquals',
    GreaterThan: 'NumericGreaterThan',
    GreaterThanEquals: 'NumericGreaterThanEquals',
  },
  {
    parse: parseDecimal,
    assertValue: assertDecimal,
    compare: compareDecimals,
    isWellFormed: (operand) => parseDecimal(operand) !== undefined,
  },
)
