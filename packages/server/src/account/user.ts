/** Users: how they are found, named and shown. */
import type { User } from '@iamd/wire'
import { type AccountReader, nameKey } from './account-tables.ts'
import { userArn } from './arns.ts'
import type { UserRecord } from './records.ts'

export function findUser(account: AccountReader, name: string): UserRecord | undefined {
  return account.users.find(nameKey(name))
}

/** ARN to authorise on: the stored entity's if there is one, else that of the name as it was asked for, in the root path. */
export function userArnFor(account: AccountReader, accountId: string, name: string): string {
  const user = findUser(account, name)
  return userArn(accountId, user?.path ?? '/', user?.name ?? name)
}

/** A user as List operations show it: without tags and boundary (IAM API Reference, ListUsers). */
export function userView(user: UserRecord, accountId: string, passwordLastUsed?: Date): User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(accountId, user.path, user.name),
    CreateDate: new Date(user.createdAt),
    PasswordLastUsed: passwordLastUsed,
  }
}
