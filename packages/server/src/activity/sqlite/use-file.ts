/**
 * The activity file as its writer sees it: opened when it is needed, and again after a failure; replaced when it is damaged, since what it
 * holds is worth less than going on. Several processes may write one file: each batch is a transaction, and uses merge.
 */
import { chmodSync, closeSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PASSWORD_ITEM, type Use } from '../use.ts'
import type { Batch } from './exchange.ts'

/** `iamU` in ASCII, in the header of the file. */
const APPLICATION_ID = 0x69_61_6d_55
const VERSION = 1
/** How long a writer waits for another process's transaction; it is not on the path of a call. */
const BUSY_MILLISECONDS_MAX = 5000
/** Primary result codes: https://sqlite.org/rescode.html */
const CORRUPT = 11
const NOT_A_DATABASE = 26

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS use (
    subject TEXT NOT NULL,
    item    TEXT NOT NULL,
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    detail  TEXT NOT NULL,
    time    INTEGER NOT NULL,
    PRIMARY KEY (subject, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS use_of_account ON use (account);
  CREATE INDEX IF NOT EXISTS use_of_password ON use (subject) WHERE item = '${PASSWORD_ITEM}';
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${VERSION};`

/** The same order as isLater of use.ts. */
const MERGE = `
  INSERT INTO use (subject, item, account, region, detail, time) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET account = excluded.account, region = excluded.region, detail = excluded.detail, time = excluded.time
  WHERE (excluded.time, excluded.region, excluded.detail) > (use.time, use.region, use.detail)`

export class UseFile {
  readonly #file: string
  #database: DatabaseSync | undefined
  #inode: number | undefined

  constructor(file: string) {
    this.#file = file
  }

  /**
   * Writes all or nothing, and returns where a damaged file was put if there was one. Throws what the disk or SQLite says.
   */
  write(batch: Batch): string | undefined {
    try {
      this.#writeNow(batch)
      return undefined
    } catch (error) {
      this.close()
      if (!isDamage(error)) throw error
      const replaced = this.#putAside()
      this.#writeNow(batch)
      return replaced
    }
  }

  close(): void {
    this.#database?.close()
    this.#database = undefined
  }

  #writeNow({ forgotten, forgottenAccounts, uses }: Batch): void {
    const database = (this.#database ??= this.#open())
    database.exec('BEGIN IMMEDIATE')
    try {
      const forget = database.prepare('DELETE FROM use WHERE subject = ?')
      for (const subject of forgotten) forget.run(subject)
      const forgetAccount = database.prepare('DELETE FROM use WHERE account = ?')
      for (const accountId of forgottenAccounts) forgetAccount.run(accountId)
      const merge = database.prepare(MERGE)
      for (const use of uses) merge.run(...columnsOf(use))
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  #open(): DatabaseSync {
    createFile(this.#file)
    const database = new DatabaseSync(this.#file, { timeout: BUSY_MILLISECONDS_MAX })
    try {
      assertOurs(database, this.#file)
      // NORMAL: a crash may lose the last second, which the port allows; it cannot damage the file.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF')
      database.exec(SCHEMA)
    } catch (error) {
      database.close()
      throw error
    }
    this.#inode = statSync(this.#file).ino
    return database
  }

  /** Another process may have replaced the file already: then its new one must stay. */
  #putAside(): string {
    const aside = `${this.#file}.damaged`
    const current = statSync(this.#file, { throwIfNoEntry: false })?.ino
    if (this.#inode !== undefined && current !== this.#inode) return aside
    renameSync(this.#file, aside)
    rmSync(`${this.#file}-wal`, { force: true })
    rmSync(`${this.#file}-shm`, { force: true })
    this.#inode = undefined
    return aside
  }
}

/** Made before SQLite makes it, because then it and its log get our mode (M-09). */
function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    // `wx` never opens a file that is there: closing it again would drop the locks of this process's reader.
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (!isExisting(error)) throw error
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}

function columnsOf(use: Use): [string, string, string, string, string, number] {
  return [use.subject, use.item, use.accountId, use.region, use.detail, use.time]
}

/** Somebody else's database, or one of a later release, is not written to. */
function assertOurs(database: DatabaseSync, file: string): void {
  const application = pragma(database, 'application_id')
  const version = pragma(database, 'user_version')
  if (application !== 0 && application !== APPLICATION_ID)
    throw new Error(`\`${file}\` is a database of something else`)
  if (version > VERSION) throw new Error(`\`${file}\` has format ${version}; this release knows ${VERSION}`)
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false
  const primary = error.errcode & 0xff
  return primary === CORRUPT || primary === NOT_A_DATABASE
}
