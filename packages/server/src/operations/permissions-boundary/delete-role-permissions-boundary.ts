import { boundedRoleResource, getModifiableRole } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'

/** Takes the role's permissions boundary away: from then on only its policies say what it may do. */
export const DeleteRolePermissionsBoundary = writeOperation('DeleteRolePermissionsBoundary', {
  authorize: ({ RoleName }, view) => boundedRoleResource(view, RoleName),
  handle({ input }, { account, error }) {
    const { boundaryArn, ...role } = getModifiableRole(account, input.RoleName, error)
    if (boundaryArn === undefined) {
      // As for users, the code is observed and the sentence is ours.
      throw error('NoSuchEntity', `The role with name ${input.RoleName} does not have a permissions boundary.`)
    }
    account.roles.put(role)
    return {}
  },
})
