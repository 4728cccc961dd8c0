import {
  type ContextEntry,
  type EvaluationResult,
  type PolicyEvaluationDecisionType,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyRequest,
  type Statement,
} from '@aws-sdk/client-iam'

import type { Target } from '../target.ts'
import { iamCallers, openSdkClients, present } from './sdk-clients.ts'

/** A question about what a user, group or role of an account may do. */
export type PrincipalQuestion = {
  readonly principalArn: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly context: Readonly<Record<string, string | readonly string[]>>
  /** Texts of policies that the principal does not have, as if it had them. */
  readonly policies: readonly string[]
  /** The text of a permissions boundary in place of its own. */
  readonly boundary: string | undefined
  /** The policy of the resources. */
  readonly resourcePolicy: string | undefined
  /** The account that owns the resources. */
  readonly resourceAccount: string | undefined
  /** The user as whom the action is simulated; the principal itself when absent. */
  readonly callerArn: string | undefined
}

/** What the service says of one action on one resource. */
export type PrincipalAnswer = {
  readonly action: string
  readonly resource: string
  readonly effect: 'allow' | 'explicitDeny' | 'implicitDeny'
  /** Statements that matched: the policy as the service names it, and the place in its text, from 1. */
  readonly matched: readonly MatchedStatement[]
  /** Condition keys that policies ask for and the question does not have. */
  readonly missingKeys: readonly string[]
  /** Absent when there is no boundary, or no organization. */
  readonly allowedByBoundary: boolean | undefined
  readonly allowedByOrganizations: boolean | undefined
}

/** A statement in AWS's own words. */
export type MatchedStatement = {
  readonly policy: string
  readonly type: string
  readonly line: number | undefined
  readonly column: number | undefined
}

/** Asks the service that holds the principal, by its SimulatePrincipalPolicy. Throws a `Failure` where it does not answer. */
export async function simulatePrincipal(
  target: Target,
  question: PrincipalQuestion,
): Promise<readonly PrincipalAnswer[]> {
  const { read } = iamCallers(openSdkClients(target, undefined), target)
  const answers: PrincipalAnswer[] = []
  let Marker: string | undefined
  do {
    const input = { ...inputOf(question), Marker }
    const page = await read('SimulatePrincipalPolicy', (client) =>
      client.send(new SimulatePrincipalPolicyCommand(input)),
    )
    answers.push(...present(page.EvaluationResults, 'EvaluationResults').flatMap(answersOf))
    Marker = page.IsTruncated === true ? page.Marker : undefined
  } while (Marker !== undefined)
  return answers
}

function inputOf(question: PrincipalQuestion): SimulatePrincipalPolicyRequest {
  const { policies, resourceAccount } = question
  return {
    PolicySourceArn: question.principalArn,
    ActionNames: [...question.actions],
    ResourceArns: [...question.resources],
    ContextEntries: Object.entries(question.context).map(contextEntry),
    PolicyInputList: policies.length === 0 ? undefined : [...policies],
    PermissionsBoundaryPolicyInputList: question.boundary === undefined ? undefined : [question.boundary],
    ResourcePolicy: question.resourcePolicy,
    ResourceOwner: resourceAccount === undefined ? undefined : `arn:aws:iam::${resourceAccount}:root`,
    CallerArn: question.callerArn,
  }
}

function contextEntry([key, value]: readonly [string, string | readonly string[]]): ContextEntry {
  const isText = typeof value === 'string'
  return {
    ContextKeyName: key,
    ContextKeyValues: isText ? [value] : [...value],
    ContextKeyType: isText ? 'string' : 'stringList',
  }
}

// With several resources the result of an action is the worst of theirs; each has its own below.
function answersOf(result: EvaluationResult): PrincipalAnswer[] {
  const action = present(result.EvalActionName, 'EvalActionName')
  const missingKeys = result.MissingContextValues ?? []
  const allowedByOrganizations = result.OrganizationsDecisionDetail?.AllowedByOrganizations
  const specific = result.ResourceSpecificResults ?? []
  if (specific.length === 0) {
    return [
      {
        action,
        resource: result.EvalResourceName ?? '*',
        effect: effectOf(present(result.EvalDecision, 'EvalDecision')),
        matched: (result.MatchedStatements ?? []).map(matchedStatement),
        missingKeys,
        allowedByBoundary: result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
        allowedByOrganizations,
      },
    ]
  }
  return specific.map((one) => ({
    action,
    resource: one.EvalResourceName ?? '*',
    effect: effectOf(present(one.EvalResourceDecision, 'EvalResourceDecision')),
    matched: (one.MatchedStatements ?? []).map(matchedStatement),
    missingKeys: one.MissingContextValues ?? [],
    allowedByBoundary: one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
    allowedByOrganizations,
  }))
}

function effectOf(decision: PolicyEvaluationDecisionType): PrincipalAnswer['effect'] {
  return decision === 'allowed' ? 'allow' : decision
}

function matchedStatement({ SourcePolicyId, SourcePolicyType, StartPosition }: Statement): MatchedStatement {
  return {
    policy: SourcePolicyId ?? 'a policy without a name',
    type: SourcePolicyType ?? 'policy',
    line: StartPosition?.Line,
    column: StartPosition?.Column,
  }
}
