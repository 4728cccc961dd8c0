import type { User } from '@iamd/wire'
import { type AccountReader, findSingle } from '../../account/account-tables.ts'
import { rootArn } from '../../account/arns.ts'
import { resourceTagContext, tagsView } from '../../account/tags.ts'
import { findUser, userArnFor, userView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'

/** Without a name: the caller, which may be the root user (IAM API Reference, GetUser). */
export const GetUser = readOperation('GetUser', {
  authorize({ UserName }, { principal, account, accountId }) {
    if (UserName === undefined && principal.kind === 'root') return { resource: principal.arn }
    const name = UserName ?? (principal.kind === 'user' ? principal.name : '')
    return {
      resource: userArnFor(account, accountId, name),
      context: resourceTagContext(findUser(account, name)?.tags),
    }
  },
  handle({ input, principal }, { account, accountId, activity, error }) {
    if (input.UserName === undefined && principal.kind === 'root') {
      return { User: rootView(account, accountId, activity.passwordLastUsed(accountId)) }
    }
    const name = input.UserName ?? (principal.kind === 'user' ? principal.name : '')
    const user = findUser(account, name)
    if (user === undefined) throw error('NoSuchEntity', `The user with name ${name} cannot be found.`)
    const view = userView(user, accountId, activity.passwordLastUsed(user.id))
    return { User: user.tags.length === 0 ? view : { ...view, Tags: tagsView(user.tags) } }
  },
})

/** What GetUser says of the root user: no UserName, the account number as id (observed; SDK and Terraform rely on it). */
function rootView(account: AccountReader, accountId: string, passwordLastUsed: Date | undefined): User {
  const createdAt = findSingle(account.account)?.createdAt ?? ''
  return {
    Path: '/',
    UserName: 'root',
    UserId: accountId,
    Arn: rootArn(accountId),
    CreateDate: new Date(createdAt),
    PasswordLastUsed: passwordLastUsed,
  }
}
