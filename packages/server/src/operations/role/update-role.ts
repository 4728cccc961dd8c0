import { getModifiableRole, getRole, roleResource } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'

export const UpdateRole = writeOperation('UpdateRole', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, { account, error }) {
    const { RoleName, Description, MaxSessionDuration } = input
    // "You can edit the description of a service-linked role" (IAM User Guide, "Editing a service-linked role description").
    const find = MaxSessionDuration === undefined ? getRole : getModifiableRole
    const role = find(account, RoleName, error)
    // Observed: a duration that is not sent stays as it is, where the API reference says that it becomes one hour again.
    account.roles.put({
      ...role,
      ...(Description === undefined ? {} : { description: Description }),
      ...(MaxSessionDuration === undefined ? {} : { sessionSecondsMax: MaxSessionDuration }),
    })
    return {}
  },
})
