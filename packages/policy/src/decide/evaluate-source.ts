import type { Entry, StatementRef } from '../compile/compile-policy.ts'
import type { PolicySet } from '../compile/policy-set.ts'
import { resourceMatches } from '../compile/statement-program.ts'
import { conditionHolds } from '../condition/condition.ts'
import type { Evaluation } from '../context/evaluation.ts'
import type { AccessRequest } from './access-request.ts'

/**
 * What one source of policies says: three values, never two, so that "no statement applies" is neither a yes nor a no
 * (negative test F-13).
 */
export type SourceVerdict =
  | { readonly verdict: 'allow' | 'deny'; readonly statement: StatementRef }
  | { readonly verdict: 'none'; readonly statement: undefined }

const NONE: SourceVerdict = { verdict: 'none', statement: undefined }

/** The first Deny that applies, else the first Allow, in the order of the set. */
export function evaluateSource(policies: PolicySet, request: AccessRequest, evaluation: Evaluation): SourceVerdict {
  const { denies, allows } = policies.candidates(request.action, evaluation)
  for (const entry of denies) {
    if (applies(entry, request.resource, evaluation)) return { verdict: 'deny', statement: entry.ref }
  }
  for (const entry of allows) {
    if (applies(entry, request.resource, evaluation)) return { verdict: 'allow', statement: entry.ref }
  }
  return NONE
}

/** For an entry whose action matches. */
function applies({ program }: Entry, resource: string, evaluation: Evaluation): boolean {
  if (!resourceMatches(program, resource, evaluation)) return false
  for (const condition of program.conditions) if (!conditionHolds(condition, evaluation)) return false
  return true
}
