import type { ConditionOperator } from '../document/operator-name.ts'
import { ARN_OPERATORS } from './arn.ts'
import { BINARY_OPERATORS } from './binary.ts'
import { BOOL_OPERATORS } from './bool.ts'
import { DATE_OPERATORS } from './date.ts'
import { IP_OPERATORS } from './ip-address.ts'
import { NULL_OPERATOR } from './null.ts'
import { NUMERIC_OPERATORS } from './numeric.ts'
import type { Operator } from './operator.ts'
import { STRING_OPERATORS } from './string.ts'

/** Every operator, in the order of the IAM User Guide. */
export const OPERATORS: readonly Operator[] = [
  ...STRING_OPERATORS,
  ...NUMERIC_OPERATORS,
  ...DATE_OPERATORS,
  ...BOOL_OPERATORS,
  ...BINARY_OPERATORS,
  ...IP_OPERATORS,
  ...ARN_OPERATORS,
  NULL_OPERATOR,
]

const BY_NAME: ReadonlyMap<ConditionOperator, Operator> = new Map(
  OPERATORS.map((operator) => [operator.name, operator]),
)

/** Throws for a name without an operator, which is a bug: the parser knows the same names. */
export function getOperator(name: ConditionOperator): Operator {
  const operator = BY_NAME.get(name)
  if (operator === undefined) throw new Error(`no operator \`${name}\``)
  return operator
}
