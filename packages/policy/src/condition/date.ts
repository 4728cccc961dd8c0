import { assertNumber } from '../assert-answer.ts'
import { parseInstant } from './instant.ts'
import type { ValueOperator } from './operator.ts'
import { orderedOperators } from './ordered.ts'

export const DATE_OPERATORS: readonly ValueOperator[] = orderedOperators(
  {
    Equals: 'DateEquals',
    NotEquals: 'DateNotEquals',
    LessThan: 'DateLessThan',
    LessThanEquals: 'DateLessThanEquals',
    GreaterThan: 'DateGreaterThan',
    GreaterThanEquals: 'DateGreaterThanEquals',
  },
  {
    parse: parseInstant,
    assertValue: assertNumber,
    compare: (one, other) => one - other,
    isWellFormed: (operand) => parseInstant(operand) !== undefined,
  },
)
