import { policySizeWithoutWhitespace } from '@iamd/policy'
import type { Fault } from '@iamd/wire'
import { quota } from '../../account/quotas.ts'
import type { RoleRecord } from '../../account/records.ts'
import { bindTrustPolicy, type FindAccount } from '../../account/role/trust-policy.ts'
import type { SceneView } from '../scene.ts'

type TrustScene = Pick<SceneView, 'account' | 'accountId'> & {
  readonly findAccount: FindAccount
  readonly error: (code: 'LimitExceeded' | 'MalformedPolicyDocument', message: string) => Fault
}

/** AssumeRolePolicyDocument as a role keeps it. Its size is that of what was sent, before names become ids. */
export function readTrustPolicy(scene: TrustScene, text: string): Pick<RoleRecord, 'trustPolicy' | 'trusted'> {
  const bound = bindTrustPolicy(text, scene)
  const sizeMax = quota(scene.account, 'AssumeRolePolicySizeQuota')
  if (policySizeWithoutWhitespace(text) > sizeMax) {
    throw scene.error('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${sizeMax}`)
  }
  return bound
}
