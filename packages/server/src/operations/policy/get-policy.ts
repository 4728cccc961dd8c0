import { readOperation } from '../operation.ts'
import { wholePolicyView } from './policy-view.ts'
import { getPolicy, policyNotFound, policyResource } from './requested-policy.ts'

export const GetPolicy = readOperation('GetPolicy', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input: { PolicyArn: arn } }, scene) {
    const policy = getPolicy(scene, { operation: 'GetPolicy', arn, missing: policyNotFound(arn) })
    return { Policy: wholePolicyView(scene, policy) }
  },
})
