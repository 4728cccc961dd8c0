/** The directory: what is unique over all accounts of an installation. */
import { Image, type Readable, type Writable } from './image.ts'
import { isOptional, isRecordOf, isText, type Shaped } from './shape.ts'
import type { TableSchema } from './table.ts'

export const DIRECTORY_STREAM = 'directory'

export const isAccountEntry = isRecordOf({
  id: isText,
  createdAt: isText,
  rootEmail: isText,
  alias: isOptional(isText),
})
/** One account of the installation; `alias` is unique over all of them. */
export type AccountEntry = Shaped<typeof isAccountEntry>

export const isNoticeRecord = isRecordOf({ id: isText, time: isText, text: isText })
/** What was done offline by the holder of the data directory and is announced at the next start. */
export type NoticeRecord = Shaped<typeof isNoticeRecord>

const accounts: TableSchema<AccountEntry, 'alias' | 'rootEmail'> = {
  name: 'accounts',
  guard: isAccountEntry,
  key: (account) => account.id,
  indexes: { alias: (account) => account.alias, rootEmail: (account) => account.rootEmail.toLowerCase() },
  decides: false,
}
const notices: TableSchema<NoticeRecord> = {
  name: 'notices',
  guard: isNoticeRecord,
  key: (notice) => notice.id,
  indexes: {},
  decides: false,
}

export const directoryTables = { accounts, notices } as const
export type DirectoryImage = Image<typeof directoryTables>
export type DirectoryReader = Readable<typeof directoryTables>
export type DirectoryWriter = Writable<typeof directoryTables>

export function emptyDirectory(): DirectoryImage {
  return Image.empty(DIRECTORY_STREAM, directoryTables)
}
