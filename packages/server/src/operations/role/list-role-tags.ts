import { getRole, roleResource } from '../../account/role/role.ts'
import { readOperation } from '../operation.ts'
import { tagPage } from '../tag-page.ts'

export const ListRoleTags = readOperation('ListRoleTags', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, scene) {
    const { id, tags } = getRole(scene.account, input.RoleName, scene.error)
    return tagPage(scene, { operation: 'ListRoleTags', input, resourceId: id, tags })
  },
})
