import type { Evaluation } from '../context/evaluation.ts'
import type { ConditionOperator } from '../document/operator-name.ts'

/** What comparing one value of the request with all operands of a condition says. */
export type Comparison =
  /** It matches one of them. */
  | 'match'
  | 'differ'
  /** The request's value is malformed: no operator of its type matches, negated ones included. */
  | 'malformedValue'
  /** No operand matches, and one of them is malformed: this can only ever deny. */
  | 'malformedOperand'

export type ValueTest = (value: string, evaluation: Evaluation) => Comparison

export interface OperandSyntax {
  /** Whether `${...}` is a variable, as in documents of version 2012-10-17. */
  readonly variables: boolean
}

/** One operator of the policy language: everything that the engine knows of it. */
export type Operator = ValueOperator | PresenceOperator

/** Compares a value. */
export interface ValueOperator {
  readonly kind: 'value'
  readonly name: ConditionOperator
  /** The condition holds when no operand matches; the `compile` of a negated operator is that of the positive one. */
  readonly isNegated: boolean
  /** Whether variables may stand in its operands: in strings and ARNs only. */
  readonly takesVariables: boolean
  /** Whether AWS stores this operand. */
  readonly isWellFormed: (operand: string, syntax: OperandSyntax) => boolean
  readonly compile: (operands: readonly string[], syntax: OperandSyntax) => ValueTest
}

/** Asks whether a key is in the request. */
export interface PresenceOperator {
  readonly kind: 'presence'
  readonly name: ConditionOperator
  readonly takesVariables: false
  readonly isWellFormed: (operand: string) => boolean
  readonly compile: (operands: readonly string[]) => (isPresent: boolean) => boolean
}
