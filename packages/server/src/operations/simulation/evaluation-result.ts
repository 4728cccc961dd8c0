/** What the simulation of one action answers, over all its resources. */
import type { EvaluationResult, PolicyEvaluationDecisionType, ResourceSpecificResult, Statement } from '@iamd/wire'
import { findActionResources } from '../../catalogue/action-resources.ts'
import type { ResourceOutcome } from './simulate-resource.ts'

/** From the best to the worst: the decision over all resources is the worst of them. */
const SEVERITY: readonly PolicyEvaluationDecisionType[] = ['allowed', 'implicitDeny', 'explicitDeny']

export interface SimulatedResource {
  readonly name: string
  readonly outcome: ResourceOutcome
}

/** Members are there and lacking as they were observed: lists that are empty stand in the whole result, but not in those of resources. */
export function evaluationResult(action: string, resources: readonly SimulatedResource[]): EvaluationResult {
  const outcomes = resources.map(({ outcome }) => outcome)
  const decision = worst(outcomes.map((outcome) => outcome.decision))
  const isEverything = resources.length === 1 && resources[0]?.name === '*'
  return {
    EvalActionName: action,
    EvalResourceName: aggregateName(action, resources),
    EvalDecision: decision,
    MatchedStatements: matchedOf(outcomes, decision),
    MissingContextValues: [...new Set(outcomes.flatMap(({ missing }) => missing))].toSorted(),
    OrganizationsDecisionDetail: organizationsDetail(outcomes),
    PermissionsBoundaryDecisionDetail: boundaryDetail(outcomes),
    EvalDecisionDetails: isEverything ? undefined : detailsOf(outcomes),
    ResourceSpecificResults: isEverything ? undefined : resources.map(resourceResult),
  }
}

function resourceResult({ name, outcome }: SimulatedResource): ResourceSpecificResult {
  const { decision, matched, missing, details } = outcome
  return {
    EvalResourceName: name,
    EvalResourceDecision: decision,
    MatchedStatements: matched.length === 0 ? undefined : matched,
    MissingContextValues: missing.length === 0 ? undefined : missing,
    EvalDecisionDetails: details,
    PermissionsBoundaryDecisionDetail: boundaryDetail([outcome]),
  }
}

/** The resource's own name when there is one; else the template of what the action is about (API reference, EvaluationResult). */
function aggregateName(action: string, resources: readonly SimulatedResource[]): string {
  const [only, ...more] = resources
  if (only !== undefined && more.length === 0) return only.name
  return findActionResources(action)?.template ?? '*'
}

/** Each statement once. "If only one statement denies that operation, then ... the deny statement is the only entry included." */
function matchedOf(outcomes: readonly ResourceOutcome[], decision: PolicyEvaluationDecisionType): Statement[] {
  const deciding = decision === 'explicitDeny' ? outcomes.filter((outcome) => outcome.decision === decision) : outcomes
  const byPlace = new Map(
    deciding.flatMap(({ matched }) => matched.map((statement) => [placeOf(statement), statement])),
  )
  return [...byPlace.values()]
}

function placeOf({ SourcePolicyId, SourcePolicyType, StartPosition }: Statement): string {
  return JSON.stringify([SourcePolicyType, SourcePolicyId, StartPosition])
}

function worst(decisions: readonly PolicyEvaluationDecisionType[]): PolicyEvaluationDecisionType {
  return SEVERITY[Math.max(...decisions.map((decision) => SEVERITY.indexOf(decision)))] ?? 'implicitDeny'
}

/** Empty inside an account. */
function detailsOf(outcomes: readonly ResourceOutcome[]): Record<string, PolicyEvaluationDecisionType> {
  const details: Record<string, PolicyEvaluationDecisionType> = {}
  for (const outcome of outcomes) {
    for (const [type, decision] of Object.entries(outcome.details ?? {})) {
      details[type] = worst([details[type] ?? 'allowed', decision])
    }
  }
  return details
}

function organizationsDetail(outcomes: readonly ResourceOutcome[]): EvaluationResult['OrganizationsDecisionDetail'] {
  const AllowedByOrganizations = all(outcomes.map(({ allowedByOrganizations }) => allowedByOrganizations))
  return AllowedByOrganizations === undefined ? undefined : { AllowedByOrganizations }
}

function boundaryDetail(outcomes: readonly ResourceOutcome[]): EvaluationResult['PermissionsBoundaryDecisionDetail'] {
  const AllowedByPermissionsBoundary = all(outcomes.map(({ allowedByBoundary }) => allowedByBoundary))
  return AllowedByPermissionsBoundary === undefined ? undefined : { AllowedByPermissionsBoundary }
}

/** Undefined when nothing is said of any. */
function all(facts: readonly (boolean | undefined)[]): boolean | undefined {
  const said = facts.filter((fact) => fact !== undefined)
  return said.length === 0 ? undefined : said.every(Boolean)
}
