import { removeTags } from '../../account/tags.ts'
import { writeOperation } from '../operation.ts'
import { getTaggablePolicy, policyResource } from './requested-policy.ts'

export const UntagPolicy = writeOperation('UntagPolicy', {
  authorize({ PolicyArn, TagKeys }, view) {
    const { resource, context } = policyResource(view, PolicyArn)
    return { resource, context: { ...context, 'aws:TagKeys': TagKeys } }
  },
  handle({ input }, scene) {
    const policy = getTaggablePolicy(scene, { operation: 'UntagPolicy', arn: input.PolicyArn })
    scene.account.policies.put({ ...policy, tags: removeTags(policy.tags, input.TagKeys, { ignoreCase: false }) })
    return {}
  },
})
