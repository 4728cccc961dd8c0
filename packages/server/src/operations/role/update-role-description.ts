import { getRole, roleResource, roleView } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'

/** Of service-linked roles too: their description is the one thing that customers may edit. */
export const UpdateRoleDescription = writeOperation('UpdateRoleDescription', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, scene) {
    const role = { ...getRole(scene.account, input.RoleName, scene.error), description: input.Description }
    scene.account.roles.put(role)
    return { Role: { ...roleView(role, scene), Description: role.description } }
  },
})
