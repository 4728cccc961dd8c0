import type { User } from '@iamd/wire'
import { type AccountReader, findSingle } from '../../account/account-tables.ts'
import { rootArn } from '../../account/arns.ts'
import { nameOrCaller, userOrCallerResource } from '../../account/user-or-caller.ts'
import { getUser, wholeUserView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'

/** Without a name: the caller, which may be the root user (IAM API Reference, GetUser). */
export const GetUser = readOperation('GetUser', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input, principal }, { account, accountId, activity, error }) {
    const name = nameOrCaller(input.UserName, principal)
    if (name === undefined) return { User: rootView(account, accountId, activity.passwordLastUsed(accountId)) }
    const user = getUser(account, name, error)
    return { User: wholeUserView(user, accountId, activity.passwordLastUsed(user.id)) }
  },
})

/** Observed: the account number as id, the ARN and the times, but neither name nor path (github.com/grycap/scar/pull/181). */
function rootView(account: AccountReader, accountId: string, passwordLastUsed: number | undefined): User {
  return {
    UserId: accountId,
    Arn: rootArn(accountId),
    CreateDate: new Date(findSingle(account.account)?.createdAt ?? ''),
    PasswordLastUsed: passwordLastUsed === undefined ? undefined : new Date(passwordLastUsed),
  }
}
