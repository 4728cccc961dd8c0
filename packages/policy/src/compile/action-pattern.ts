import { lowerCaseAscii } from '../ascii.ts'
import type { StepBudget } from '../context/step-budget.ts'
import { compilePattern, matchPattern, NEVER, type Pattern } from '../match/pattern.ts'
import { parseTemplate } from '../match/template.ts'

/** An action as it is asked for, in lower case: `iam:createuser` is service `iam`, name `createuser`. */
export interface ActionName {
  readonly service: string
  readonly name: string
}

/** A value of Action or NotAction. */
export interface ActionPattern {
  readonly source: string
  /** In lower case. Undefined for any service: `*` may stand for the service as a whole, and for no part of it. */
  readonly service: string | undefined
  readonly name: Pattern
}

/** Without a colon, all of it is the service's name, and only patterns of any service match it. */
export function parseActionName(action: string): ActionName {
  const folded = lowerCaseAscii(action)
  const colon = folded.indexOf(':')
  return colon < 0 ? { service: folded, name: '' } : { service: folded.slice(0, colon), name: folded.slice(colon + 1) }
}

/** Actions ignore case, and have no variables. What is no action, such as `s3` without a name, matches nothing. */
export function compileAction(source: string): ActionPattern {
  if (source === '*') return { source, service: undefined, name: { kind: 'any' } }
  const folded = lowerCaseAscii(source)
  const colon = folded.indexOf(':')
  if (colon < 0) return { source, service: folded, name: NEVER }
  const service = folded.slice(0, colon)
  const parts = parseTemplate(folded.slice(colon + 1), { wildcards: true, variables: false })
  return { source, service: service === '*' ? undefined : service, name: compilePattern(parts) }
}

export function matchAction(pattern: ActionPattern, action: ActionName, steps: StepBudget): boolean {
  const isService = pattern.service === undefined || pattern.service === action.service
  return isService && matchPattern(pattern.name, action.name, steps)
}
