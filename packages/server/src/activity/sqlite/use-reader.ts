/**
 * Reads the activity file synchronously, from the process's own thread: single rows by primary key, from SQLite's cache, while the writer
 * goes on (WAL). What was read holds for a second, since other processes write the file too.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { PASSWORD_ITEM, type Use } from '../use.ts'

const CACHED_MILLISECONDS_MAX = 1000
const CACHED_COUNT_MAX = 20_000
/** Reading more of them at once would hold a call up for more than a millisecond. */
const PASSWORDS_HELD_MAX = 500
/** A call would wait for it. */
const BUSY_MILLISECONDS_MAX = 10

interface Statements {
  readonly database: DatabaseSync
  readonly one: StatementSync
  readonly all: StatementSync
  readonly passwords: StatementSync
}

export class UseReader {
  readonly #file: string
  /** Never set back, unlike the time of day. */
  readonly #monotonicMilliseconds: () => number
  readonly #cache = new Map<string, Use | undefined>()
  #cachedSince = -Infinity
  /** Every use of a password that there is, by user; undefined until one is asked for. */
  #passwords: ReadonlyMap<string, Use> | 'too many' | undefined
  #statements: Statements | undefined

  constructor(file: string, monotonicMilliseconds: () => number) {
    this.#file = file
    this.#monotonicMilliseconds = monotonicMilliseconds
  }

  /** Undefined also when the file cannot be read: then its writer raises the alarm. */
  find(subject: string, item: string): Use | undefined {
    this.#renewCache()
    if (item === PASSWORD_ITEM) {
      this.#passwords ??= this.#readPasswords()
      if (this.#passwords !== 'too many') return this.#passwords.get(subject)
    }
    const key = `${subject}\n${item}`
    const cached = this.#cache.get(key)
    if (cached !== undefined || this.#cache.has(key)) return cached
    const use = this.#rows(({ one }) => one.all(subject, item))[0]
    this.#cache.set(key, use)
    return use
  }

  of(subject: string): readonly Use[] {
    return this.#rows(({ all }) => all.all(subject))
  }

  /** After the file has changed in a way that has to be seen at once. */
  forgetCached(): void {
    this.#cache.clear()
    this.#passwords = undefined
  }

  close(): void {
    this.#statements?.database.close()
    this.#statements = undefined
    this.forgetCached()
  }

  #renewCache(): void {
    const now = this.#monotonicMilliseconds()
    if (now - this.#cachedSince <= CACHED_MILLISECONDS_MAX && this.#cache.size < CACHED_COUNT_MAX) return
    this.forgetCached()
    this.#cachedSince = now
  }

  /** Every GetUser and each row of ListUsers asks for one. Few users have a password, so that reading all of them is cheaper than a look-up for each. */
  #readPasswords(): ReadonlyMap<string, Use> | 'too many' {
    const uses = this.#rows(({ passwords }) => passwords.all(PASSWORDS_HELD_MAX + 1))
    return uses.length > PASSWORDS_HELD_MAX ? 'too many' : new Map(uses.map((use) => [use.subject, use]))
  }

  #rows(query: (statements: Statements) => readonly Record<string, unknown>[]): readonly Use[] {
    try {
      this.#statements ??= open(this.#file)
      return query(this.#statements).map(useOf)
    } catch {
      this.close()
      return []
    }
  }
}

function open(file: string): Statements {
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MILLISECONDS_MAX })
  return {
    database,
    one: database.prepare('SELECT * FROM use WHERE subject = ? AND item = ?'),
    all: database.prepare('SELECT * FROM use WHERE subject = ?'),
    // The item is written out, or SQLite would not use the index of just these.
    passwords: database.prepare(`SELECT * FROM use WHERE item = '${PASSWORD_ITEM}' LIMIT ?`),
  }
}

function useOf(row: Record<string, unknown>): Use {
  return {
    accountId: String(row['account']),
    subject: String(row['subject']),
    item: String(row['item']),
    region: String(row['region']),
    detail: String(row['detail']),
    time: Number(row['time']),
  }
}
