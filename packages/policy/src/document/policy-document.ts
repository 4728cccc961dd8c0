import type { LineIndex } from '../json/line-index.ts'
import type { OperatorName } from './operator-name.ts'

export type PolicyVersion = '2012-10-17' | '2008-10-17'

/**
 * A policy document whose grammar is right. Whether it may be stored as a policy of some kind is for `validatePolicy`.
 *
 * It is a value: the same object may be compiled any number of times, and the work is done once.
 */
export interface PolicyDocument {
  /** What the document says, or 2008-10-17 when it says nothing (IAM User Guide, "Version"). */
  readonly version: PolicyVersion
  readonly versionElement: PolicyText | undefined
  readonly id: PolicyText | undefined
  /** At least one. */
  readonly statements: readonly Statement[]
  readonly lines: LineIndex
}

/** A text of the document after unescaping, and the offset of its first unit. */
export interface PolicyText {
  readonly value: string
  readonly offset: number
}

export interface Statement {
  readonly sid: PolicyText | undefined
  /** `Allow` or `Deny` in any case; only the exact spelling may be stored. */
  readonly effect: PolicyText
  readonly principal: PrincipalElement | undefined
  readonly action: ListElement | undefined
  readonly resource: ListElement | undefined
  readonly conditions: readonly ConditionBlock[]
  readonly start: number
  /** Offset after the last unit. */
  readonly end: number
}

/** An element and its complement: `Action` and `NotAction`, `Resource` and `NotResource`. */
export interface ListElement {
  readonly name: 'Action' | 'NotAction' | 'Resource' | 'NotResource'
  readonly isComplement: boolean
  readonly values: readonly PolicyText[]
  readonly offset: number
}

export interface PrincipalElement {
  readonly name: 'Principal' | 'NotPrincipal'
  readonly isComplement: boolean
  /** The keys, such as `AWS` or `Service`, also of those whose list is empty; a bare `"*"` is the type `*`. */
  readonly types: readonly string[]
  /** Every name with its type. */
  readonly principals: readonly { readonly type: string; readonly value: PolicyText }[]
  readonly offset: number
}

/** One operator of a Condition with its keys. */
export interface ConditionBlock {
  readonly text: PolicyText
  /** Undefined for an operator that does not exist, which AWS lets stand when it has no keys. */
  readonly operator: OperatorName | undefined
  readonly keys: readonly ConditionKey[]
}

export interface ConditionKey {
  readonly key: PolicyText
  /** Numbers and booleans as they are written in the text. */
  readonly values: readonly PolicyText[]
}
