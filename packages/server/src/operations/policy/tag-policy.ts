import { mergeTags, requestTagContext } from '../../account/tags.ts'
import { writeOperation } from '../operation.ts'
import { getTaggablePolicy, policyResource } from './requested-policy.ts'

/** Tag keys of policies are told apart by case, as those of all but users and roles (IAM and STS quotas, "Tag keys"). */
export const TagPolicy = writeOperation('TagPolicy', {
  authorize({ PolicyArn, Tags }, view) {
    const { resource, context } = policyResource(view, PolicyArn)
    return { resource, context: { ...context, ...requestTagContext(Tags) } }
  },
  handle({ input }, scene) {
    const { account, error } = scene
    const policy = getTaggablePolicy(scene, { operation: 'TagPolicy', arn: input.PolicyArn })
    account.policies.put({ ...policy, tags: mergeTags(policy.tags, input.Tags, { ignoreCase: false, error }) })
    return {}
  },
})
