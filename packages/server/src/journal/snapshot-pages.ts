/** Snapshot pages as text, small enough that neither writing nor reading one holds the event loop. */

import type { Json, SnapshotPage } from './journal.ts'

const RECORDS_MAX = 1_000
/** About 2 ms of JSON parsing. A single record may be larger; it then has a page of its own. */
const CHARACTERS_MAX = 256 * 1024

/** Cuts pages of any size into texts of stored pages. */
export async function* encodePages(
  pages: AsyncIterable<SnapshotPage> | Iterable<SnapshotPage>,
): AsyncGenerator<string, void, undefined> {
  for await (const { table, records } of pages) {
    let texts: string[] = []
    let characters = 0
    for (const record of records) {
      const text = JSON.stringify(record)
      if (texts.length === RECORDS_MAX || (texts.length > 0 && characters + text.length > CHARACTERS_MAX)) {
        yield encodePage(table, texts)
        texts = []
        characters = 0
      }
      texts.push(text)
      characters += text.length
    }
    // A table without records is worth its page too: the reader learns that the table was there.
    if (texts.length > 0 || records.length === 0) yield encodePage(table, texts)
  }
}

/** Reads a stored page. Throws TypeError for text that is not one. */
export function decodePage(text: string): SnapshotPage {
  const value: unknown = JSON.parse(text)
  if (!isPage(value)) throw new TypeError('its members are not those of a page')
  return value
}

function encodePage(table: string, records: readonly string[]): string {
  return `{"table":${JSON.stringify(table)},"records":[${records.join(',')}]}`
}

function isPage(value: unknown): value is SnapshotPage {
  if (typeof value !== 'object' || value === null || !('table' in value) || !('records' in value)) return false
  return typeof value.table === 'string' && Array.isArray(value.records) && value.records.every(isRecord)
}

function isRecord(value: unknown): value is readonly [string, Json] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string'
}
