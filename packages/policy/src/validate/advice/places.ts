/** Places in a document that advice is given about. */
import { lowerCaseAscii } from '../../ascii.ts'
import type {
  ConditionBlock,
  ConditionKey,
  PolicyDocument,
  PolicyText,
  Statement,
} from '../../document/policy-document.ts'
import { type Remark, statementsOf } from '../rule.ts'

export interface BlockPlace {
  readonly statement: Statement
  readonly block: ConditionBlock
  readonly path: string
}

/** Operators of all conditions, in the order of the document. */
export function blocksOf(document: PolicyDocument): readonly BlockPlace[] {
  return statementsOf(document).flatMap(({ statement, path }) =>
    statement.conditions.map((block) => ({ statement, block, path: `${path}.Condition.${block.text.value}` })),
  )
}

export interface KeyPlace extends BlockPlace {
  readonly condition: ConditionKey
  /** In lower case. */
  readonly key: string
}

/** Keys of all conditions, with the block and the statement that they are in. */
export function keysOf(document: PolicyDocument): readonly KeyPlace[] {
  return blocksOf(document).flatMap((place) =>
    place.block.keys.map((condition) => {
      const key = lowerCaseAscii(condition.key.value)
      return { ...place, condition, key, path: `${place.path}.${condition.key.value}` }
    }),
  )
}

/** Keys that a statement's conditions name, in lower case. */
export function namedKeys({ conditions }: Statement): ReadonlySet<string> {
  return new Set(conditions.flatMap(({ keys }) => keys.map(({ key }) => lowerCaseAscii(key.value))))
}

/** A warning: its sentence is ours, and there is nothing to add to it. */
export function advice(
  code: string,
  message: string,
  { text, path }: { readonly text: PolicyText; readonly path: string },
): Remark {
  return { code, message, detail: message, offset: text.offset, path }
}
