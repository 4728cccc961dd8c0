import { nameKey } from '../../../account/account-tables.ts'
import { instanceProfileView, profilesOfRole } from '../../../account/role/instance-profile.ts'
import { getRole, roleResource } from '../../../account/role/role.ts'
import { readOperation } from '../../operation.ts'
import { page } from '../../page.ts'

export const ListInstanceProfilesForRole = readOperation('ListInstanceProfilesForRole', {
  // The role is the resource (Service Authorization Reference).
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, scene) {
    const { id } = getRole(scene.account, input.RoleName, scene.error)
    const { rows, truncation } = page(scene, {
      operation: 'ListInstanceProfilesForRole',
      input,
      filter: id,
      rows: (after) => profilesOfRole(scene.account, id, after),
      position: ({ name }) => nameKey(name),
    })
    return { InstanceProfiles: rows.map((profile) => instanceProfileView(profile, scene)), ...truncation }
  },
})
