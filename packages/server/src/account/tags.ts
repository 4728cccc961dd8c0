/** Tags as stored, and their rules (IAM User Guide, "Tags for AWS Identity and Access Management resources"). */
import { type ContextValue, lowerCaseAscii } from '@iamd/policy'
import type { Fault, Tag as WireTag } from '@iamd/wire'
import { isListOf, isRecordOf, isText, type Shaped } from './shape.ts'

export const isTag = isRecordOf({ key: isText, value: isText })
export const isTagList = isListOf(isTag)
export type Tag = Shaped<typeof isTag>

/** "Each resource can have a maximum of 50 tags". */
const TAGS_MAX = 50
type TagContext = Readonly<Record<string, ContextValue>>
type TagError = (code: 'InvalidInput' | 'LimitExceeded', message: string) => Fault

function storedTags(tags: readonly WireTag[] = []): readonly Tag[] {
  return tags.map(({ Key, Value }) => ({ key: Key, value: Value }))
}

export function tagsView(tags: readonly Tag[]): WireTag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }))
}

/** aws:RequestTag/KEY for each tag that the request sends, and aws:TagKeys. */
export function requestTagContext(tags: readonly WireTag[] | undefined): TagContext {
  if (tags === undefined || tags.length === 0) return {}
  const pairs = tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value] as const)
  return { ...Object.fromEntries(pairs), 'aws:TagKeys': tags.map(({ Key }) => Key) }
}

/** aws:ResourceTag/KEY and iam:ResourceTag/KEY for each tag of the resource. */
export function resourceTagContext(tags: readonly Tag[] | undefined): TagContext {
  if (tags === undefined || tags.length === 0) return {}
  return Object.fromEntries(
    tags.flatMap(({ key, value }) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  )
}

/** aws:ResourceTag/KEY alone: iam:ResourceTag is of users and roles (Service Authorization Reference, IAM). */
export function awsResourceTagContext(tags: readonly Tag[]): TagContext {
  return Object.fromEntries(tags.map(({ key, value }) => [`aws:ResourceTag/${key}`, value]))
}

/**
 * What a resource's tags are after `sent` is added, sorted by key as ListUserTags answers them. A key that is there (ignoring case,
 * where `ignoreCase`) is replaced: "Department=finance" and then "department=hr" leave the second one. The case is that of ASCII
 * letters only, as where conditions look tags up.
 */
export function mergeTags(
  stored: readonly Tag[],
  sent: readonly WireTag[],
  { ignoreCase, error }: { readonly ignoreCase: boolean; readonly error: TagError },
): readonly Tag[] {
  const fold = (key: string): string => (ignoreCase ? lowerCaseAscii(key) : key)
  const keys = sent.map(({ Key }) => fold(Key))
  if (new Set(keys).size !== keys.length) {
    const insensitive = ignoreCase ? ' Please note that Tag keys are case insensitive.' : ''
    throw error('InvalidInput', `Duplicate tag keys found.${insensitive}`)
  }
  if (keys.some((key) => lowerCaseAscii(key).startsWith('aws:'))) {
    throw error('InvalidInput', 'Tag keys starting with aws: are reserved for AWS use.')
  }
  const kept = stored.filter(({ key }) => !keys.includes(fold(key)))
  const merged = [...kept, ...storedTags(sent)].toSorted(byKey)
  if (merged.length > TAGS_MAX) throw error('LimitExceeded', `The number of tags has reached the maximum limit.`)
  return merged
}

/** What a resource's tags are without those keys. Keys that are not there are no error. */
export function removeTags(
  stored: readonly Tag[],
  keys: readonly string[],
  { ignoreCase }: { readonly ignoreCase: boolean },
): readonly Tag[] {
  const fold = (key: string): string => (ignoreCase ? lowerCaseAscii(key) : key)
  const gone = new Set(keys.map(fold))
  return stored.filter(({ key }) => !gone.has(fold(key)))
}

function byKey(a: Tag, b: Tag): number {
  return a.key < b.key ? -1 : Number(a.key > b.key)
}
