import { boundedUserResource, getUser } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'

/** Takes the user's permissions boundary away: from then on only its policies say what it may do. */
export const DeleteUserPermissionsBoundary = writeOperation('DeleteUserPermissionsBoundary', {
  authorize: ({ UserName }, view) => boundedUserResource(view, UserName),
  handle({ input }, { account, error }) {
    const { boundaryArn, ...user } = getUser(account, input.UserName, error)
    if (boundaryArn === undefined) {
      // The code is observed, the sentence is ours.
      throw error('NoSuchEntity', `The user with name ${input.UserName} does not have a permissions boundary.`)
    }
    account.users.put(user)
    return {}
  },
})
