import { nameKey } from '../../account/account-tables.ts'
import { userArn } from '../../account/arns.ts'
import { findUser, getUser, userResource } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'

/** Renames a user or moves it to another path. Everything that belongs to it hangs on its id and stays. */
export const UpdateUser = writeOperation('UpdateUser', {
  // "To change a user name, the requester must have appropriate permissions on both the source object and the target object"
  // (IAM API Reference, UpdateUser).
  authorize({ UserName, NewUserName, NewPath }, view) {
    const source = userResource(view, UserName)
    const user = findUser(view.account, UserName)
    const target = userArn(view.accountId, NewPath ?? user?.path ?? '/', NewUserName ?? user?.name ?? UserName)
    return { ...source, also: target === source.resource ? [] : [{ ...source, resource: target }] }
  },
  handle({ input }, { account, error }) {
    const user = getUser(account, input.UserName, error)
    const { NewUserName = user.name, NewPath = user.path } = input
    const holder = findUser(account, NewUserName)
    // A new spelling of its own name is no conflict.
    if (holder !== undefined && holder.id !== user.id) {
      throw error('EntityAlreadyExists', `User with name ${NewUserName} already exists.`)
    }
    account.users.delete(nameKey(user.name))
    account.users.put({ ...user, name: NewUserName, path: NewPath })
    return {}
  },
})
