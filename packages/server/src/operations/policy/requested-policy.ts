/**
 * The managed policy that a request means by its PolicyArn, and what AWS answers when the caller cannot have it.
 *
 * Policies are found by their exact ARN. Those of other accounts, AWS among them, have no resource-based policy that could let
 * this account change them; AWS's own can be read by everybody.
 */
import type { ContextValue } from '@iamd/policy'
import type { Fault, OperationName } from '@iamd/wire'
import { policyArn } from '../../account/arns.ts'
import { parsePolicyArn } from '../../account/policy/policy-arn.ts'
import type { PolicyRecord } from '../../account/records.ts'
import { awsResourceTagContext } from '../../account/tags.ts'
import { findManagedPolicy, type ManagedPolicy } from '../../catalogue/managed-policy.ts'
import { assertOwnArn } from '../own-arn.ts'
import type { SceneView } from '../scene.ts'

type PolicyView = Pick<SceneView, 'account' | 'accountId'>
type PolicyErrorCode = 'NoSuchEntity' | 'InvalidInput' | 'ValidationError' | 'AccessDenied'
export type PolicyScene = PolicyView &
  Pick<SceneView, 'principal'> & { readonly error: (code: PolicyErrorCode, message: string) => Fault }

export interface PolicyRequest {
  readonly operation: OperationName
  readonly arn: string
  /** AWS's sentence when there is no such policy: it has three (observed), one of the next functions. */
  readonly missing: string
}

export function policyNotFound(arn: string): string {
  return `Policy ${arn} was not found.`
}

export function policyNotAttachable(arn: string): string {
  return `Policy ${arn} does not exist or is not attachable.`
}

export function policyVersionMissing(arn: string, versionId: string): string {
  return `Policy ${arn} version ${versionId} does not exist or is not attachable.`
}

/** What to authorise on for an operation on the policy of that ARN. */
export function policyResource(
  view: PolicyView,
  arn: string,
): { readonly resource: string; readonly context: Readonly<Record<string, ContextValue>> } {
  const found = findPolicy(view, arn)
  const tags = found?.kind === 'customer' ? found.policy.tags : []
  return { resource: arn, context: awsResourceTagContext(tags) }
}

/** The account's own policy or AWS's with exactly this ARN. */
export function findPolicy({ account, accountId }: PolicyView, arn: string): ManagedPolicy | undefined {
  const found = findManagedPolicy(account, arn)
  if (found?.kind !== 'customer') return found
  return policyArn(accountId, found.policy.path, found.policy.name) === arn ? found : undefined
}

/** Whether it is one of AWS's policies that only service-linked roles can have. */
export function isServiceLinked({ kind, policy }: ManagedPolicy): boolean {
  return kind === 'aws' && policy.path === '/aws-service-role/'
}

/** Throws unless the text can be the ARN of a policy of this partition. */
export function assertPolicyArn(
  arn: string,
  error: (code: 'InvalidInput' | 'ValidationError', message: string) => Fault,
): void {
  const parts = parsePolicyArn(arn)
  if (parts === undefined) throw error('InvalidInput', `ARN ${arn} is not valid.`)
  // Observed: github.com/pulumi/pulumi-aws-apigateway/issues/347.
  if (parts.partition !== 'aws') throw error('ValidationError', 'Invalid ARN partition')
}

/** The policy for an operation that reads it. */
export function getPolicy(scene: PolicyScene, request: PolicyRequest): ManagedPolicy {
  assertPolicyArn(request.arn, scene.error)
  if (ownerOf(request.arn) !== 'aws') assertOwnArn(scene, request)
  const found = findPolicy(scene, request.arn)
  if (found === undefined) throw scene.error('NoSuchEntity', request.missing)
  return found
}

/** The policy for an operation that changes it: the account's own. */
export function getOwnPolicy(scene: PolicyScene, request: PolicyRequest): PolicyRecord {
  assertPolicyArn(request.arn, scene.error)
  assertOwnArn(scene, request)
  const found = findPolicy(scene, request.arn)
  if (found?.kind !== 'customer') throw scene.error('NoSuchEntity', request.missing)
  return found.policy
}

/** The policy for an operation on its tags, which AWS's own policies cannot have. */
export function getTaggablePolicy(scene: PolicyScene, request: Omit<PolicyRequest, 'missing'>): PolicyRecord {
  if (ownerOf(request.arn) === 'aws') {
    // Observed: github.com/aws-controllers-k8s/community/issues/2774.
    throw scene.error('InvalidInput', 'Tags not supported for policies in this domain')
  }
  return getOwnPolicy(scene, { ...request, missing: policyNotFound(request.arn) })
}

function ownerOf(arn: string): string | undefined {
  return parsePolicyArn(arn)?.owner
}
