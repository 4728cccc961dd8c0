import type { PolicyDocument, Statement } from '../document/policy-document.ts'
import { variableNames } from '../match/template.ts'

/**
 * The condition keys that a policy asks for, in conditions and in variables, each once in every spelling that it has, in the
 * order of the document. Observed with GetContextKeysForCustomPolicy: variables count in resources and in the values of
 * conditions, but neither in actions nor in principals; the escapes `${*}`, `${?}` and `${$}` count too; and a document of
 * version 2008-10-17 has no variables.
 */
export function contextKeys({ version, statements }: PolicyDocument): readonly string[] {
  const hasVariables = version === '2012-10-17'
  const keys = statements.flatMap((statement) => [...keysOf(statement, hasVariables)])
  return [...new Set(keys)]
}

function* keysOf({ resource, conditions }: Statement, hasVariables: boolean): Generator<string> {
  for (const { value } of resource?.values ?? []) if (hasVariables) yield* variableNames(value)
  for (const { keys } of conditions) {
    for (const { key, values } of keys) {
      yield key.value
      for (const { value } of values) if (hasVariables) yield* variableNames(value)
    }
  }
}
