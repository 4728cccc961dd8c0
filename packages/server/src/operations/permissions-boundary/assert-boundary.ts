import { Fault } from '@iamd/wire'
import { assertPolicyArn, findPolicy, isServiceLinked } from '../policy/requested-policy.ts'
import type { SceneView } from '../scene.ts'

type BoundaryScene = Pick<SceneView, 'account' | 'accountId'> & {
  readonly error: (code: 'InvalidInput' | 'ValidationError', message: string) => Fault
}

/** Throws AWS's fault unless the ARN is that of a policy that can be a permissions boundary: the account's own, or one of AWS's. */
export function assertBoundary(scene: BoundaryScene, arn: string): void {
  assertPolicyArn(arn, scene.error)
  const policy = findPolicy(scene, arn)
  if (policy !== undefined && !isServiceLinked(policy)) return
  // Observed with CreateRole, for an ARN that no policy has, although the model of CreateRole lacks the code. For one of a service's
  // policies neither CreateRole nor CreateUser has another.
  throw new Fault('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`, { status: 404 })
}

/** The same for an operation that has a code of its own for the policies of services. */
export function assertAttachableBoundary(
  scene: BoundaryScene & { readonly error: (code: 'PolicyNotAttachable', message: string) => Fault },
  arn: string,
): void {
  const policy = findPolicy(scene, arn)
  if (policy !== undefined && isServiceLinked(policy)) {
    // The code is the model's, the sentence that of attaching one (github.com/aws/aws-cdk/issues/6131).
    throw scene.error('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.')
  }
  assertBoundary(scene, arn)
}
