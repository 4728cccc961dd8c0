import { getInstanceProfile, instanceProfileResource } from '../../../account/role/instance-profile.ts'
import { readOperation } from '../../operation.ts'
import { tagPage } from '../../tag-page.ts'

export const ListInstanceProfileTags = readOperation('ListInstanceProfileTags', {
  authorize: ({ InstanceProfileName }, view) => instanceProfileResource(view, InstanceProfileName),
  handle({ input }, scene) {
    const { id, tags } = getInstanceProfile(scene.account, input.InstanceProfileName, scene.error)
    return tagPage(scene, { operation: 'ListInstanceProfileTags', input, resourceId: id, tags })
  },
})
