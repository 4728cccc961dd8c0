import { nameOrCaller, userOrCallerResource } from '../../account/user-or-caller.ts'
import { getUser, rootUserView, wholeUserView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'

/** Without a name: the caller, which may be the root user (IAM API Reference, GetUser). */
export const GetUser = readOperation('GetUser', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input, principal }, { account, accountId, activity, error }) {
    const name = nameOrCaller(input.UserName, principal)
    if (name === undefined) return { User: rootUserView(account, accountId, activity.passwordLastUsed(accountId)) }
    const user = getUser(account, name, error)
    return { User: wholeUserView(user, accountId, activity.passwordLastUsed(user.id)) }
  },
})
