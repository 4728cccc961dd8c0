import { readOperation } from '../operation.ts'
import { readExclusions } from './policy-exclusion.ts'
import { getPolicySource, policySourceResource } from './policy-source.ts'
import { simulatePolicy } from './simulate-policy.ts'
import { storedPolicies } from './stored-policies.ts'

/** What a user, group or role may do, by its policies, those of its groups, its boundary, and what the request adds. */
export const SimulatePrincipalPolicy = readOperation('SimulatePrincipalPolicy', {
  authorize: ({ PolicySourceArn }, view) => policySourceResource(view, PolicySourceArn),
  handle({ input }, scene) {
    const owner = getPolicySource(scene, input.PolicySourceArn, scene.error)
    const exclusion = readExclusions(input.PolicyExclusionList ?? [], scene.error)
    const stored = storedPolicies(scene, owner, exclusion)
    return simulatePolicy(scene, { operation: 'SimulatePrincipalPolicy', input, stored })
  },
})
