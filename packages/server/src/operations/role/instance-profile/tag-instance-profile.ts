import { mergeTags, requestTagContext } from '../../../account/tags.ts'
import { getInstanceProfile, instanceProfileResource } from '../../../account/role/instance-profile.ts'
import { writeOperation } from '../../operation.ts'

export const TagInstanceProfile = writeOperation('TagInstanceProfile', {
  authorize({ InstanceProfileName, Tags }, view) {
    const { resource, context } = instanceProfileResource(view, InstanceProfileName)
    return { resource, context: { ...context, ...requestTagContext(Tags) } }
  },
  handle({ input }, { account, error }) {
    const profile = getInstanceProfile(account, input.InstanceProfileName, error)
    account.instanceProfiles.put({
      ...profile,
      tags: mergeTags(profile.tags, input.Tags, { ignoreCase: false, error }),
    })
    return {}
  },
})
