import { nameKey } from '../../account/account-tables.ts'
import { groupArn } from '../../account/arns.ts'
import { findGroup, getGroup, groupResource } from '../../account/group.ts'
import { writeOperation } from '../operation.ts'

/** Renames a group or moves it to another path. Its members and policies hang on its id and stay. */
export const UpdateGroup = writeOperation('UpdateGroup', {
  // "The person making the request ... must have permission to change the role group with the old name and the new name"
  // (IAM API Reference, UpdateGroup).
  authorize({ GroupName, NewGroupName, NewPath }, view) {
    const { resource } = groupResource(view, GroupName)
    const group = findGroup(view.account, GroupName)
    const target = groupArn(view.accountId, NewPath ?? group?.path ?? '/', NewGroupName ?? group?.name ?? GroupName)
    return { resource, also: target === resource ? [] : [{ resource: target }] }
  },
  handle({ input }, { account, error }) {
    const group = getGroup(account, input.GroupName, error)
    const { NewGroupName = group.name, NewPath = group.path } = input
    const holder = findGroup(account, NewGroupName)
    // A new spelling of its own name is no conflict.
    if (holder !== undefined && holder.id !== group.id) {
      throw error('EntityAlreadyExists', `Group with name ${NewGroupName} already exists.`)
    }
    account.groups.delete(nameKey(group.name))
    account.groups.put({ ...group, name: NewGroupName, path: NewPath })
    return {}
  },
})
