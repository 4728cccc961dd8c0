import type { Fault } from '@iamd/wire'
import { assertPolicyArn, findPolicy } from '../policy/requested-policy.ts'
import type { SceneView } from '../scene.ts'

type BoundaryScene = Pick<SceneView, 'account' | 'accountId'> & {
  readonly error: (code: 'NoSuchEntity' | 'InvalidInput' | 'ValidationError', message: string) => Fault
}

/** AWS's policies that only service-linked roles can have. */
const SERVICE_LINKED_PATH = '/aws-service-role/'

/** Throws AWS's fault unless the ARN is that of a policy that can be a permissions boundary: the account's own, or one of AWS's. */
export function assertBoundary(scene: BoundaryScene, arn: string): void {
  assertPolicyArn(arn, scene.error)
  const policy = findPolicy(scene, arn)
  if (policy !== undefined && policy.policy.path !== SERVICE_LINKED_PATH) return
  // Observed with CreateRole: github.com/openshift/rosa/issues, terraform-provider-aws, for an ARN that no policy has.
  throw scene.error('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`)
}
