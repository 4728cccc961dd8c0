import type { GroupName, Tag } from '../account/account-api.ts'

// What the command made is recorded in the account itself, as tags of the user, so that it travels with the account
// and needs no file on somebody's machine. Groups cannot carry tags, so the user's tags say for its group too, by the
// group's id: a group of the same name that someone makes later is another group.
const createdByKey = 'iamd:created-by'
const createdByValue = 'iamd admin create'
const createdGroupKey = 'iamd:created-group-id'

/** The tags of a user that this command makes; `group` is the group if this very run made it. */
export function recordTags(group: GroupName | undefined): readonly Tag[] {
  const createdBy = { key: createdByKey, value: createdByValue }
  return group === undefined ? [createdBy] : [createdBy, { key: createdGroupKey, value: group.id }]
}

/** True if this command made the user with these tags. */
export function isMadeByCommand(tags: readonly Tag[]): boolean {
  return tags.some(({ key, value }) => key === createdByKey && value === createdByValue)
}

/** The id of the group that was made together with the user, if one was. */
export function madeGroupId(tags: readonly Tag[]): string | undefined {
  return tags.find(({ key }) => key === createdGroupKey)?.value
}
