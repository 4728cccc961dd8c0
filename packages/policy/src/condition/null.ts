import { lowerCaseAscii } from '../ascii.ts'
import type { PresenceOperator } from './operator.ts'

/** `true` holds when the key is not in the request, and anything else when it is: operands are read as Bool reads them. */
export const NULL_OPERATOR: PresenceOperator = {
  kind: 'presence',
  name: 'Null',
  takesVariables: false,
  isWellFormed: () => true,
  compile(operands) {
    const absentHolds = operands.some((operand) => lowerCaseAscii(operand) === 'true')
    const presentHolds = operands.some((operand) => lowerCaseAscii(operand) !== 'true')
    return (isPresent) => (isPresent ? presentHolds : absentHolds)
  },
}
