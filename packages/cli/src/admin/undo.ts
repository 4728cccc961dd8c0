import { Failure, wrongUsage } from '../failure.ts'
import type { AccountApi, UserRecord } from '../account/account-api.ts'
import { administratorPolicyArn } from './account-state.ts'
import { isMadeByCommand, madeGroupId } from './made-by.ts'

/** One thing that `--undo` takes away: in words, and the call that does it. */
export type UndoStep = { readonly words: string; readonly take: () => Promise<void> }

/** What `--undo` will do, and what it leaves, with the reason. */
export type UndoPlan = { readonly steps: readonly UndoStep[]; readonly left: readonly string[] }

/**
 * Plans to take away a user that this command made, with its keys, password and membership, and its group if the same
 * run made it and nothing else has come to depend on it. What a person may want to keep is never taken away: a user
 * that was not made by this command is refused, and so is one that has got policies, MFA devices and the like since.
 */
export async function planUndo(api: AccountApi, userName: string): Promise<UndoPlan> {
  const [caller, user] = await Promise.all([api.getCaller(), api.findUser(userName)])
  if (user === undefined) return { steps: [], left: [] }
  if (!isMadeByCommand(user.tags)) {
    throw new Failure(`user \`${user.name}\` has no tag that says that \`iamd admin create\` made it`, {
      remedy: 'nothing was changed; if it shall go all the same, use `aws iam delete-user`',
    })
  }
  if (caller.arn === user.arn) {
    throw wrongUsage(`the caller is \`${user.name}\` itself`, 'use the credentials of another administrator or of root')
  }
  const others = await api.listOtherBelongings(user.name)
  if (others.length > 0) {
    throw new Failure(`user \`${user.name}\` has things that this command did not make: ${others.join(', ')}`, {
      remedy: 'nothing was changed; remove them first if they may go',
    })
  }
  const belongings = await planBelongings(api, user)
  const group = await planGroup(api, user, administratorPolicyArn(caller))
  return {
    steps: [
      ...belongings,
      // The user goes last: its tags are the record that the group is ours, should the undoing break off.
      ...group.steps,
      { words: `user ${user.path}${user.name}`, take: () => api.deleteUser(user.name) },
    ],
    left: group.left,
  }
}

/** Takes the steps in order; answers what is gone, with the error that ended it if one did. */
export async function applyUndo(
  { steps }: UndoPlan,
  onRemoved: (words: string) => Promise<void>,
): Promise<{ readonly removed: readonly string[]; readonly failure: { words: string; error: unknown } | undefined }> {
  const removed: string[] = []
  for (const { words, take } of steps) {
    try {
      await take()
    } catch (error) {
      return { removed, failure: { words, error } }
    }
    removed.push(words)
    await onRemoved(words)
  }
  return { removed, failure: undefined }
}

async function planBelongings(api: AccountApi, { name }: UserRecord): Promise<readonly UndoStep[]> {
  const [groups, hasPassword, accessKeys] = await Promise.all([
    api.listGroupsOfUser(name),
    api.hasLoginProfile(name),
    api.listAccessKeys(name),
  ])
  return [
    ...accessKeys.map(({ id }) => ({ words: `access key ${id}`, take: () => api.deleteAccessKey(id, name) })),
    ...(hasPassword ? [{ words: `password of ${name}`, take: () => api.deleteLoginProfile(name) }] : []),
    ...groups.map((group) => ({
      words: `user ${name} in group ${group.name}`,
      take: () => api.removeUserFromGroup(name, group.name),
    })),
  ]
}

async function planGroup(api: AccountApi, user: UserRecord, policyArn: string): Promise<UndoPlan> {
  const id = madeGroupId(user.tags)
  if (id === undefined) return { steps: [], left: [] }
  const found = (await api.listGroups()).find((group) => group.id === id)
  if (found === undefined) return { steps: [], left: [] }
  const [group, policyArns, inlineNames] = await Promise.all([
    api.findGroup(found.name),
    api.listGroupPolicyArns(found.name),
    api.listGroupInlinePolicyNames(found.name),
  ])
  const members = group?.userNames.filter((name) => name !== user.name) ?? []
  const policies = [...policyArns.filter((arn) => arn !== policyArn), ...inlineNames]
  const { name } = found
  if (members.length > 0) return { steps: [], left: [`group ${name}, which has other members: ${members.join(', ')}`] }
  if (policies.length > 0)
    return { steps: [], left: [`group ${name}, which has other policies: ${policies.join(', ')}`] }
  const detach = {
    words: `policy AdministratorAccess on group ${name}`,
    take: () => api.detachGroupPolicy(name, policyArn),
  }
  return {
    steps: [
      ...(policyArns.includes(policyArn) ? [detach] : []),
      { words: `group ${name}`, take: () => api.deleteGroup(name) },
    ],
    left: [],
  }
}
