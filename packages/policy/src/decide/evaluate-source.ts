import { assertBoolean } from '../assert-answer.ts'
import type { Entry, StatementRef } from '../compile/compile-policy.ts'
import type { PolicySet } from '../compile/policy-set.ts'
import { type Caller, type Grade, GRADES, matchPrincipal } from '../compile/principal-pattern.ts'
import { resourceMatches, type StatementProgram } from '../compile/statement-program.ts'
import { conditionHolds } from '../condition/condition.ts'
import type { Evaluation } from '../context/evaluation.ts'
import type { AccessRequest } from './access-request.ts'

/**
 * What one source of policies says: three values, never two, so that "no statement applies" is neither a yes nor a no
 * (negative test F-13). A fourth, `absent`, is of a source that has no say about the request.
 */
export type SourceVerdict =
  | { readonly verdict: 'allow' | 'deny'; readonly statement: StatementRef | undefined; readonly grade: Grade }
  | { readonly verdict: 'none' | 'absent'; readonly statement: undefined; readonly grade: typeof GRADES.unmatched }

/**
 * How the elements that not every kind of policy has are read:
 * `attached` to what they limit or permit, so that they name no principal (identity, boundary, session, service control);
 * `resourceControl`, whose principal is everyone; `resource`, which names principals (endpoint policies too); and `trust`,
 * which also may leave out its resource, the role.
 */
export type Reading = 'attached' | 'resourceControl' | 'resource' | 'trust'

export const NONE: SourceVerdict = { verdict: 'none', statement: undefined, grade: GRADES.unmatched }

export const ABSENT: SourceVerdict = { verdict: 'absent', statement: undefined, grade: GRADES.unmatched }

/** What is asked of every source, and by whom. */
export interface Asking extends Caller {
  readonly request: AccessRequest
  readonly evaluation: Evaluation
}

/** The first Deny that applies; else, of the Allows that apply, the first of the highest grade, in the order of the set. */
export function evaluateSource(policies: PolicySet, reading: Reading, asking: Asking): SourceVerdict {
  const { denies, allows } = policies.candidates(asking.request.action, asking.request.resource, asking.evaluation)
  const { entries } = policies
  for (const place of denies) {
    const entry = entries[place]
    if (entry === undefined) throw new RangeError('a statement of a set of policies is missing')
    const grade = gradeOf(entry, reading, asking)
    assertGrade(grade)
    if (grade !== GRADES.unmatched) return { verdict: 'deny', statement: entry.ref, grade }
  }
  let best: SourceVerdict = NONE
  for (const place of allows) {
    const entry = entries[place]
    if (entry === undefined) throw new RangeError('a statement of a set of policies is missing')
    const grade = gradeOf(entry, reading, asking)
    assertGrade(grade)
    if (grade > best.grade) best = { verdict: 'allow', statement: entry.ref, grade }
    if (grade === GRADES.session) break
  }
  return best
}

/** How the statement names the principal. For policies that are attached it is the highest grade or none. */
export function principalGrade({ effect, principals }: StatementProgram, reading: Reading, caller: Caller): Grade {
  const byDefault = effect === 'Deny' ? GRADES.session : GRADES.unmatched
  switch (reading) {
    case 'attached':
      // A statement that names a principal may not be stored here: it grants nothing, and its Deny denies.
      return principals === undefined ? GRADES.session : byDefault
    case 'resourceControl':
      // Organizations User Guide: the principal of a resource control policy can only be `*`, and means everyone.
      return principals?.namesAllOfAws === true && !principals.isComplement ? GRADES.session : byDefault
    case 'resource':
    case 'trust':
      return principals === undefined ? byDefault : matchPrincipal(principals, caller, { effect })
    default:
      throw new TypeError('a kind of policy has no reading')
  }
}

/** The resource of a trust policy's statement is the role, which need not be said. */
export function resourceApplies(
  { resources }: StatementProgram,
  reading: Reading,
  { request, evaluation }: Asking,
): boolean {
  return resources === undefined ? reading === 'trust' : resourceMatches(resources, request.resource, evaluation)
}

/** Of an entry whose action matches: unmatched when anything else of it does not. */
function gradeOf({ program }: Entry, reading: Reading, asking: Asking): Grade {
  const grade = principalGrade(program, reading, asking)
  assertGrade(grade)
  if (grade === GRADES.unmatched) return grade
  const isResource = resourceApplies(program, reading, asking)
  assertBoolean(isResource)
  if (!isResource) return GRADES.unmatched
  for (const condition of program.conditions) {
    const holds = conditionHolds(condition, asking.evaluation)
    assertBoolean(holds)
    if (!holds) return GRADES.unmatched
  }
  return grade
}

function assertGrade(grade: unknown): asserts grade is Grade {
  if (grade !== 0 && grade !== 1 && grade !== 2 && grade !== 3 && grade !== 4)
    throw new TypeError('a statement has no grade')
}
