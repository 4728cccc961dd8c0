import { readOperation } from '../operation.ts'
import { tagPage } from '../tag-page.ts'
import { getTaggablePolicy, policyResource } from './requested-policy.ts'

export const ListPolicyTags = readOperation('ListPolicyTags', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input }, scene) {
    const { id, tags } = getTaggablePolicy(scene, { operation: 'ListPolicyTags', arn: input.PolicyArn })
    return tagPage(scene, { operation: 'ListPolicyTags', input, resourceId: id, tags })
  },
})
