/** Users: how they are found, named and shown. */
import type { ContextValue } from '@iamd/policy'
import type { AttachedPermissionsBoundary, Fault, User } from '@iamd/wire'
import { type AccountReader, findSingle, nameKey } from './account-tables.ts'
import { rootArn, userArn } from './arns.ts'
import type { UserRecord } from './records.ts'
import { resourceTagContext, tagsView } from './tags.ts'

export function findUser(account: AccountReader, name: string): UserRecord | undefined {
  return account.users.find(nameKey(name))
}

/** The user of that name, or the fault that AWS answers when there is none. */
export function getUser(
  account: AccountReader,
  name: string,
  error: (code: 'NoSuchEntity', message: string) => Fault,
): UserRecord {
  const user = findUser(account, name)
  if (user === undefined) throw error('NoSuchEntity', `The user with name ${name} cannot be found.`)
  return user
}

/**
 * What to authorise on for an operation on the user of that name: the stored user's ARN and its tags as condition keys, or the ARN of
 * the name as it was asked for in the root path.
 */
export function userResource(
  { account, accountId }: { readonly account: AccountReader; readonly accountId: string },
  name: string,
): { readonly resource: string; readonly context: Readonly<Record<string, ContextValue>> } {
  const user = findUser(account, name)
  return {
    resource: userArn(accountId, user?.path ?? '/', user?.name ?? name),
    context: resourceTagContext(user?.tags),
  }
}

/**
 * The same for an operation that has the condition key iam:PermissionsBoundary of the user: those on its policies and on the
 * boundary itself (Service Authorization Reference, IAM; not the ones that read, list or tag).
 */
export function boundedUserResource(
  view: { readonly account: AccountReader; readonly accountId: string },
  name: string,
): { readonly resource: string; readonly context: Readonly<Record<string, ContextValue | undefined>> } {
  const { resource, context } = userResource(view, name)
  return { resource, context: { ...context, 'iam:PermissionsBoundary': findUser(view.account, name)?.boundaryArn } }
}

/** A user as List operations show it: without tags and boundary (IAM API Reference, ListUsers). `passwordLastUsed` is in ms since 1970. */
export function userView(user: UserRecord, accountId: string, passwordLastUsed?: number): User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(accountId, user.path, user.name),
    CreateDate: new Date(user.createdAt),
    PasswordLastUsed: passwordLastUsed === undefined ? undefined : new Date(passwordLastUsed),
  }
}

/** A user as CreateUser and GetUser show it: with its boundary and its tags, when it has any. */
export function wholeUserView(user: UserRecord, accountId: string, passwordLastUsed?: number): User {
  return {
    ...userView(user, accountId, passwordLastUsed),
    PermissionsBoundary: boundaryView(user.boundaryArn),
    Tags: user.tags.length === 0 ? undefined : tagsView(user.tags),
  }
}

/** Observed: the account number as id, the ARN and the times, but neither name nor path (github.com/grycap/scar/pull/181). */
export function rootUserView(account: AccountReader, accountId: string, passwordLastUsed: number | undefined): User {
  return {
    UserId: accountId,
    Arn: rootArn(accountId),
    CreateDate: new Date(findSingle(account.account)?.createdAt ?? ''),
    PasswordLastUsed: passwordLastUsed === undefined ? undefined : new Date(passwordLastUsed),
  }
}

/** Observed: the type is `Policy`, and not the value that the model has (github.com/awsdocs/iam-user-guide/issues/82). */
export function boundaryView(boundaryArn: string | undefined): AttachedPermissionsBoundary | undefined {
  if (boundaryArn === undefined) return undefined
  return { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundaryArn }
}
