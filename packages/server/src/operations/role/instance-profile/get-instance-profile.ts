import {
  getInstanceProfile,
  instanceProfileResource,
  wholeInstanceProfileView,
} from '../../../account/role/instance-profile.ts'
import { readOperation } from '../../operation.ts'

export const GetInstanceProfile = readOperation('GetInstanceProfile', {
  authorize: ({ InstanceProfileName }, view) => instanceProfileResource(view, InstanceProfileName),
  handle({ input }, scene) {
    const profile = getInstanceProfile(scene.account, input.InstanceProfileName, scene.error)
    return { InstanceProfile: wholeInstanceProfileView(profile, scene) }
  },
})
