import { removeTags } from '../../../account/tags.ts'
import { getInstanceProfile, instanceProfileResource } from '../../../account/role/instance-profile.ts'
import { writeOperation } from '../../operation.ts'

export const UntagInstanceProfile = writeOperation('UntagInstanceProfile', {
  authorize({ InstanceProfileName, TagKeys }, view) {
    const { resource, context } = instanceProfileResource(view, InstanceProfileName)
    return { resource, context: { ...context, 'aws:TagKeys': TagKeys } }
  },
  handle({ input }, { account, error }) {
    const profile = getInstanceProfile(account, input.InstanceProfileName, error)
    account.instanceProfiles.put({ ...profile, tags: removeTags(profile.tags, input.TagKeys, { ignoreCase: false }) })
    return {}
  },
})
