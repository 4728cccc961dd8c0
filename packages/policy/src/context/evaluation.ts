import type { ContextValue, RequestContext } from './request-context.ts'
import type { StepBudget } from './step-budget.ts'

/** What the parts of a policy are matched against while one request is decided. */
export interface Evaluation {
  readonly context: RequestContext
  readonly steps: StepBudget
}

/** The context's answer, checked: whoever implements the context may not be typed, and `true` is not `'true'`. */
export function readKey({ context, steps }: Evaluation, lowerCaseKey: string): ContextValue | undefined {
  steps.spend(1)
  const value: unknown = context.get(lowerCaseKey)
  if (value === undefined || typeof value === 'string') return value
  if (Array.isArray(value)) {
    steps.spend(value.length)
    if (value.every((item) => typeof item === 'string')) return value
  }
  throw new TypeError(`value of \`${lowerCaseKey}\` is neither a string nor a list of strings`)
}

/** Throws for what is neither undefined nor a value; a list is the value of a key with many. */
export function assertContextValue(value: unknown): asserts value is ContextValue | undefined {
  if (value !== undefined && typeof value !== 'string' && !Array.isArray(value))
    throw new TypeError('the value of a key is neither a text nor a list')
}
