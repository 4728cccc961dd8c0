import { getRole, listedRoleView, roleResource } from '../../account/role/role.ts'
import { tagsView } from '../../account/tags.ts'
import { boundaryView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { roleLastUsed } from './role-last-used.ts'

export const GetRole = readOperation('GetRole', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, scene) {
    const role = getRole(scene.account, input.RoleName, scene.error)
    const { boundaryArn, tags } = role
    return {
      Role: {
        ...listedRoleView(role, scene),
        PermissionsBoundary: boundaryView(boundaryArn),
        Tags: tags.length === 0 ? undefined : tagsView(tags),
        RoleLastUsed: roleLastUsed(scene.activity, role.id),
      },
    }
  },
})
