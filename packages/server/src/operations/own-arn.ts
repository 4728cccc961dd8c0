/** ARNs of other accounts, where a request names its resource by ARN. */
import type { Fault, OperationName } from '@iamd/wire'
import { accountOfArn } from '../account/arns.ts'
import type { SceneView } from './scene.ts'

type OwnArnScene = Pick<SceneView, 'accountId' | 'principal'> & {
  readonly error: (code: 'AccessDenied', message: string) => Fault
}

/**
 * Refuses the ARN of another account. Access across accounts needs a resource-based policy (IAM User Guide, "Policy evaluation
 * logic"), which IAM's resources do not have, roles and their trust aside.
 */
export function assertOwnArn(
  { accountId, principal, error }: OwnArnScene,
  { operation, arn }: { readonly operation: OperationName; readonly arn: string },
): void {
  if (accountOfArn(arn) === accountId) return
  const action = `iam:${operation}`
  const who = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${arn}`
  throw error('AccessDenied', `${who} because no resource-based policy allows the ${action} action`)
}
