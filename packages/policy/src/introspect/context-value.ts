import { parseRequestAddress } from '../condition/ip-range.ts'
import { getOperator } from '../condition/operators.ts'

/** What a condition key's value is said to be, as ContextKeyType of the policy simulator has it. */
export type ContextValueType = 'string' | 'numeric' | 'boolean' | 'ip' | 'binary' | 'date'

/** Whether a text is a value of that type to conditions. Any text is a string, and a boolean: what is not `true` is false. */
export function isContextValue(type: ContextValueType, text: string): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
      return true
    case 'numeric':
      return getOperator('NumericEquals').isWellFormed(text, NO_VARIABLES)
    case 'date':
      return getOperator('DateEquals').isWellFormed(text, NO_VARIABLES)
    case 'binary':
      return getOperator('BinaryEquals').isWellFormed(text, NO_VARIABLES)
    case 'ip':
      return parseRequestAddress(text) !== undefined
  }
}

const NO_VARIABLES = { variables: false } as const
