import type { Fault } from '@iamd/wire'
import { assertPolicyArn, findPolicy, isServiceLinked } from '../policy/requested-policy.ts'
import type { SceneView } from '../scene.ts'

type BoundaryScene = Pick<SceneView, 'account' | 'accountId'> & {
  readonly error: (code: 'NoSuchEntity' | 'InvalidInput' | 'ValidationError', message: string) => Fault
}

/** Throws AWS's fault unless the ARN is that of a policy that can be a permissions boundary: the account's own, or one of AWS's. */
export function assertBoundary(scene: BoundaryScene, arn: string): void {
  assertPolicyArn(arn, scene.error)
  const policy = findPolicy(scene, arn)
  if (policy !== undefined && !isServiceLinked(policy)) return
  // Observed with CreateRole, for an ARN that no policy has; CreateUser has no other code for one of a service either.
  throw scene.error('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`)
}
