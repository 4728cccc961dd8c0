import type { User } from '@iamd/wire'
import { type AccountReader, findSingle } from '../../account/account-tables.ts'
import { rootArn } from '../../account/arns.ts'
import type { Principal } from '../../account/principal.ts'
import { getUser, userResource, wholeUserView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'

/** Without a name: the caller, which may be the root user (IAM API Reference, GetUser). */
export const GetUser = readOperation('GetUser', {
  authorize({ UserName }, view) {
    const name = nameAsked(UserName, view.principal)
    return name === undefined ? { resource: view.principal.arn } : userResource(view, name)
  },
  handle({ input, principal }, { account, accountId, activity, error }) {
    const name = nameAsked(input.UserName, principal)
    if (name === undefined) return { User: rootView(account, accountId, activity.passwordLastUsed(accountId)) }
    const user = getUser(account, name, error)
    return { User: wholeUserView(user, accountId, activity.passwordLastUsed(user.id)) }
  },
})

/** Undefined for the root user asking for itself. */
function nameAsked(userName: string | undefined, principal: Principal): string | undefined {
  if (userName !== undefined) return userName
  return principal.kind === 'user' ? principal.name : undefined
}

/** Observed: the account number as id, the ARN and the times, but neither name nor path (github.com/grycap/scar/pull/181). */
function rootView(account: AccountReader, accountId: string, passwordLastUsed: number | undefined): User {
  return {
    UserId: accountId,
    Arn: rootArn(accountId),
    CreateDate: new Date(findSingle(account.account)?.createdAt ?? ''),
    PasswordLastUsed: passwordLastUsed === undefined ? undefined : new Date(passwordLastUsed),
  }
}
