import { writeOperation } from '../operation.ts'
import { policyResource } from '../policy/requested-policy.ts'
import { getOwnVersion } from './policy-versions.ts'

/** Makes an existing version the one in effect. UpdateDate stays: it is the date of the newest version (IAM API Reference, Policy). */
export const SetDefaultPolicyVersion = writeOperation('SetDefaultPolicyVersion', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input: { PolicyArn: arn, VersionId } }, scene) {
    const { policy, version } = getOwnVersion(scene, {
      operation: 'SetDefaultPolicyVersion',
      arn,
      versionId: VersionId,
    })
    scene.account.policies.put({ ...policy, defaultVersion: version.version })
    return {}
  },
})
