import { assertBoolean, assertNumber } from '../assert-answer.ts'
import type { ConditionOperator } from '../document/operator-name.ts'
import type { ValueOperator } from './operator.ts'

type Suffix = 'Equals' | 'NotEquals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals'

interface Relation {
  readonly isNegated: boolean
  /** Whether a comparison of the request's value with the operand that came out as this matches. */
  readonly accepts: (order: number) => boolean
}

const RELATIONS: Readonly<Record<Suffix, Relation>> = {
  Equals: { isNegated: false, accepts: (order) => order === 0 },
  NotEquals: { isNegated: true, accepts: (order) => order === 0 },
  LessThan: { isNegated: false, accepts: (order) => order < 0 },
  LessThanEquals: { isNegated: false, accepts: (order) => order <= 0 },
  GreaterThan: { isNegated: false, accepts: (order) => order > 0 },
  GreaterThanEquals: { isNegated: false, accepts: (order) => order >= 0 },
}

interface OrderedType<Value> {
  /** Undefined for what cannot be converted: it equals nothing, so only NotEquals holds for it. Observed. */
  readonly parse: (text: string) => Value | undefined
  /** Throws for what `parse` can never give. */
  readonly assertValue: (value: unknown) => void
  readonly compare: (one: Value, other: Value) => number
  /** Whether AWS stores this operand. */
  readonly isWellFormed: (operand: string) => boolean
}

/** The six operators of a type whose values have an order. */
export function orderedOperators<Value>(
  names: Readonly<Record<Suffix, ConditionOperator>>,
  type: OrderedType<Value>,
): readonly ValueOperator[] {
  const suffixes: readonly Suffix[] = [
    'Equals',
    'NotEquals',
    'LessThan',
    'LessThanEquals',
    'GreaterThan',
    'GreaterThanEquals',
  ]
  return suffixes.map((suffix) => orderedOperator(names[suffix], RELATIONS[suffix], type))
}

function orderedOperator<Value>(
  name: ConditionOperator,
  { isNegated, accepts }: Relation,
  { parse, assertValue, compare, isWellFormed }: OrderedType<Value>,
): ValueOperator {
  return {
    kind: 'value',
    name,
    isNegated,
    takesVariables: false,
    isWellFormed,
    compile(operands) {
      const parsed = operands.map(parse).filter((operand) => operand !== undefined)
      return (text) => {
        const value = parse(text)
        if (value === undefined) return 'differ'
        assertValue(value)
        for (const operand of parsed) {
          const order = compare(value, operand)
          assertNumber(order)
          const isAccepted = accepts(order)
          assertBoolean(isAccepted)
          if (isAccepted) return 'match'
        }
        return 'differ'
      }
    },
  }
}
