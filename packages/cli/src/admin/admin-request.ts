import { wrongUsage } from '../failure.ts'
import type { Tag } from '../account/account-api.ts'

/** What becomes of the root user's access keys. */
export type RootLock = 'delete' | 'deactivate'

/** What was asked of `iamd admin create`. */
export type AdminRequest = {
  readonly userName: string
  readonly groupName: string
  readonly path: string
  readonly tags: readonly Tag[]
  readonly wantsConsole: boolean
  readonly wantsProgrammatic: boolean
  /** Where the password comes from. */
  readonly passwordFrom: 'generator' | 'standard input' | 'prompt'
  readonly requiresPasswordReset: boolean
  readonly csvPath: string | undefined
  readonly profile: { readonly name: string; readonly mayOverwrite: boolean } | undefined
  readonly rootLock: RootLock | undefined
}

/**
 * Refuses, before anything is made, what IAM would refuse halfway.
 * Limits: CreateUser, CreateGroup and Tag pages of the IAM API.
 */
export function assertValidRequest({ userName, groupName, path, tags }: AdminRequest): void {
  assertName(userName, 'user', 64)
  assertName(groupName, 'group', 128)
  if (path.length > 512 || !/^(\/|\/[\u0021-\u007e]+\/)$/.test(path)) {
    throw wrongUsage(`\`${path}\` is not a path`, 'a path begins and ends with `/`, such as `/team/`')
  }
  if (tags.length > tagCountMax)
    throw wrongUsage(`${tags.length} tags are too many`, `at most ${tagCountMax} are possible`)
  const keys = new Set<string>()
  for (const { key, value } of tags) {
    if (!isTagText(key, 128) || key === '' || !isTagText(value, 256)) {
      throw wrongUsage(
        `tag \`${key}\` has a key or a value that IAM does not allow`,
        'use letters, digits and _ . : / = + - @',
      )
    }
    if (/^(aws|iamd):/i.test(key)) throw wrongUsage(`tag \`${key}\` has a prefix that is reserved`, 'use another key')
    if (keys.has(key.toLowerCase()))
      throw wrongUsage(`tag \`${key}\` is given twice`, 'keys of users differ by more than case')
    keys.add(key.toLowerCase())
  }
}

/** A tag as it is typed, `key=value`; the value may hold more `=`. */
export function parseTag(text: string): Tag {
  const at = text.indexOf('=')
  if (at < 1) throw wrongUsage(`\`${text}\` is not a tag`, 'a tag is `KEY=VALUE`')
  return { key: text.slice(0, at), value: text.slice(at + 1) }
}

// AWS allows 50, and two are this command's own.
const tagCountMax = 48

function assertName(name: string, noun: string, lengthMax: number): void {
  if (name.length <= lengthMax && /^[\w+=,.@-]+$/.test(name)) return
  throw wrongUsage(`\`${name}\` is not a ${noun} name`, `use 1 to ${lengthMax} letters, digits and + = , . @ _ -`)
}

function isTagText(text: string, lengthMax: number): boolean {
  return text.length <= lengthMax && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)
}
