/** How an entry is stored: as JSON text, which is also what the hash chain is made of. */

import { hash } from 'node:crypto'
import type { Change, EntryOrigin, JournalEntry, ProposedEntry, StreamRead, StreamWrite } from './journal.ts'

/** What stands for the hash of the entry before the first. */
export const FIRST_HASH: string = '0'.repeat(64)

/** An entry as every store keeps it. `body` is the text that was hashed, byte for byte. */
export interface StoredEntry {
  readonly position: number
  readonly previousHash: string
  readonly body: string
}

/** The text of an entry; members in one order, so that two stores keep the same bytes. */
export function encodeEntry(entry: ProposedEntry): string {
  const { version, entryId, time, requestId, action, origin, writes, reads } = entry
  return JSON.stringify({ version, entryId, time, requestId, action, origin, writes, reads })
}

/** What the text of the entry with this id, and of no other, begins with. */
export function entryTextPrefix(entryId: string): string {
  return `{"version":1,"entryId":${JSON.stringify(entryId)},`
}

/** Hex SHA-256 over position, previous hash and body: the `previousHash` of the entry that comes next. */
export function hashEntry({ position, previousHash, body }: StoredEntry): string {
  return hash('sha256', `${position}\n${previousHash}\n${body}`)
}

/** Reads a stored entry back. Throws TypeError for text that is not an entry, or one of a version that is not known. */
export function decodeEntry({ position, previousHash, body }: StoredEntry): JournalEntry {
  return { ...parseEntry(body), position, previousHash }
}

function parseEntry(body: string): ProposedEntry {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch (cause) {
    throw new TypeError('it is not JSON', { cause })
  }
  if (!isObject(value)) throw new TypeError('it is not an object')
  if (value['version'] !== 1) throw new TypeError(`version ${JSON.stringify(value['version'])} is unknown`)
  if (!isProposedEntry(value)) throw new TypeError('its members are not those of an entry')
  return value
}

function isProposedEntry(value: Fields): value is Fields & ProposedEntry {
  return (
    value['version'] === 1 &&
    areStrings(value['entryId'], value['time'], value['requestId'], value['action']) &&
    isOrigin(value['origin']) &&
    isArrayOf(value['writes'], isWrite) &&
    isArrayOf(value['reads'], isRead)
  )
}

function isOrigin(value: unknown): value is EntryOrigin {
  return isObject(value) && areStrings(value['caller'], value['sourceIp'], value['userAgent'])
}

function isWrite(value: unknown): value is StreamWrite {
  return isRead(value) && 'changes' in value && isArrayOf(value.changes, isChange)
}

function isRead(value: unknown): value is StreamRead {
  return isObject(value) && areStrings(value['stream']) && Number.isSafeInteger(value['revision'])
}

function isChange(value: unknown): value is Change {
  return isObject(value) && areStrings(value['table'], value['key']) && value['record'] !== undefined
}

type Fields = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isArrayOf<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is readonly Item[] {
  return Array.isArray(value) && value.every(isItem)
}

function areStrings(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string')
}
