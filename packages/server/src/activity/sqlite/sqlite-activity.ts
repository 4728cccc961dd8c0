/**
 * Activity in a file of its own, `activity.sqlite`. Uses wait in memory for at most a second, then a worker thread writes them; what is
 * asked for is the later of memory and file. A disk that fails costs memory, then uses of new things, and never a call.
 */
import type { ActionLastUsed, Activity, KeyLastUsed, KeyUse, PasswordUse, PrincipalUse } from '../activity.ts'
import type { RaiseActivityAlarm } from '../activity-alarm.ts'
import { actionsLastUsedOf, isLater, KEY_ITEM, keyLastUsedOf, PASSWORD_ITEM, type Use } from '../use.ts'
import { UseTable } from '../use-table.ts'
import { UseReader } from './use-reader.ts'
import { Writer } from './writer.ts'

export const ACTIVITY_FILE = 'activity.sqlite'

const FLUSH_MILLISECONDS = 1000
/** A thread costs 4 MB: after five seconds without a use there is none. */
const IDLE_TICKS_MAX = 5
/** What one message carries; copying more would hold the event loop for longer than a millisecond or two. */
const BATCH_COUNT_MAX = 1000
/** About 10 MB. */
const BUFFERED_COUNT_MAX = 50_000

export interface SqliteActivityOptions {
  readonly file: string
  readonly raiseAlarm: RaiseActivityAlarm
  /** Calls back every so many milliseconds until the returned function is called. */
  readonly repeat?: (callback: () => void, milliseconds: number) => () => void
  readonly monotonicMilliseconds?: () => number
  readonly bufferedCountMax?: number
}

/** Opens the file, or goes on without it and raises an alarm. Never rejects. */
export async function createSqliteActivity(options: SqliteActivityOptions): Promise<Activity> {
  const activity = new SqliteActivity(options)
  await activity.open()
  return activity
}

class SqliteActivity implements Activity {
  readonly #file: string
  readonly #raiseAlarm: RaiseActivityAlarm
  readonly #table: UseTable
  readonly #writer: Writer
  readonly #reader: UseReader
  readonly #stopRepeating: () => void
  /** Ids that are to be deleted from the file, and those whose deletion is under way. */
  #forgotten: Forgotten = nothingForgotten()
  #forgetting: Forgotten = nothingForgotten()
  #sweep: Promise<void> | undefined
  #isFailing = false
  #idleTicks = 0
  #droppedReported = 0

  constructor({ file, raiseAlarm, repeat = repeatUnreferenced, ...options }: SqliteActivityOptions) {
    this.#file = file
    this.#raiseAlarm = raiseAlarm
    this.#table = new UseTable(options.bufferedCountMax ?? BUFFERED_COUNT_MAX)
    this.#writer = new Writer(file)
    this.#reader = new UseReader(file, options.monotonicMilliseconds ?? (() => performance.now()))
    this.#stopRepeating = repeat(() => this.#flushIfNeeded(), FLUSH_MILLISECONDS)
  }

  async open(): Promise<void> {
    await this.#write([])
  }

  noteKeyUse(use: KeyUse): void {
    this.#table.noteKeyUse(use)
  }

  notePasswordUse(use: PasswordUse): void {
    this.#table.notePasswordUse(use)
  }

  notePrincipalUse(use: PrincipalUse): void {
    this.#table.notePrincipalUse(use)
  }

  keyLastUsed(accessKeyId: string): KeyLastUsed | undefined {
    const use = this.#find(accessKeyId, KEY_ITEM)
    return use && keyLastUsedOf(use)
  }

  passwordLastUsed(userId: string): number | undefined {
    return this.#find(userId, PASSWORD_ITEM)?.time
  }

  actionsLastUsed(principalId: string): readonly ActionLastUsed[] {
    const latest = new Map<string, Use>()
    for (const use of [...this.#table.of(principalId), ...this.#reader.of(principalId).filter(this.#isKept)]) {
      const held = latest.get(use.item)
      if (held === undefined || isLater(use, held)) latest.set(use.item, use)
    }
    return actionsLastUsedOf([...latest.values()])
  }

  forget(id: string): void {
    this.#table.forget(id)
    this.#forgotten.ids.add(id)
  }

  forgetAccount(accountId: string): void {
    this.#table.forgetAccount(accountId)
    this.#forgotten.accountIds.add(accountId)
  }

  async flush(): Promise<void> {
    // What is under way may have begun before the latest uses were noted.
    while (this.#sweep !== undefined) await this.#sweep
    await this.#startSweep()
  }

  async close(): Promise<void> {
    this.#stopRepeating()
    await this.flush()
    await this.#writer.close()
    this.#reader.close()
  }

  #find(subject: string, item: string): Use | undefined {
    const buffered = this.#table.find(subject, item)
    const stored = this.#reader.find(subject, item)
    if (stored === undefined || !this.#isKept(stored)) return buffered
    return buffered !== undefined && isLater(buffered, stored) ? buffered : stored
  }

  readonly #isKept = ({ subject, accountId }: Use): boolean =>
    ![this.#forgotten, this.#forgetting].some(({ ids, accountIds }) => ids.has(subject) || accountIds.has(accountId))

  #flushIfNeeded(): void {
    this.#reportDropped()
    const isNeeded = this.#table.size > 0 || this.#forgotten.ids.size > 0 || this.#forgotten.accountIds.size > 0
    if (isNeeded && this.#sweep === undefined) void this.#startSweep()
    this.#idleTicks = isNeeded ? 0 : this.#idleTicks + 1
    if (this.#idleTicks >= IDLE_TICKS_MAX) this.#writer.rest()
  }

  #startSweep(): Promise<void> {
    this.#sweep = this.#writeAll().finally(() => {
      this.#sweep = undefined
    })
    return this.#sweep
  }

  /** Writes as many uses as are here now, not those that come meanwhile, or it would never end. */
  async #writeAll(): Promise<void> {
    const uses = this.#table.all()
    for (let left = this.#table.size; ; left -= BATCH_COUNT_MAX) {
      // Taken one batch at a time, so that what is forgotten meanwhile does not come back.
      if (!(await this.#write(take(uses, Math.min(left, BATCH_COUNT_MAX))))) return
      if (left <= BATCH_COUNT_MAX) return
    }
  }

  async #write(uses: readonly Use[]): Promise<boolean> {
    this.#forgetting = this.#forgotten
    this.#forgotten = nothingForgotten()
    const { ids, accountIds } = this.#forgetting
    const { failure, replaced } = await this.#writer.write({
      forgotten: [...ids],
      forgottenAccounts: [...accountIds],
      uses,
    })
    if (failure === undefined) for (const use of uses) this.#table.remove(use)
    else this.#forgotten = union(this.#forgotten, this.#forgetting)
    this.#forgetting = nothingForgotten()
    if (replaced === undefined) this.#reader.forgetCached()
    else this.#reader.close()
    this.#report(failure, replaced)
    return failure === undefined
  }

  #report(failure: string | undefined, replaced: string | undefined): void {
    const file = `\`${this.#file}\``
    if (replaced !== undefined) {
      this.#raise(
        'replaced',
        `${file} was damaged and is now \`${replaced}\`; when things were last used before is lost`,
      )
    }
    if (failure !== undefined && !this.#isFailing) this.#raise('unwritable', `${file} cannot be written: ${failure}`)
    if (failure === undefined && this.#isFailing) this.#raise('recovered', `${file} can be written again`)
    this.#isFailing = failure !== undefined
  }

  #reportDropped(): void {
    const count = this.#table.dropped - this.#droppedReported
    if (count === 0) return
    this.#droppedReported = this.#table.dropped
    this.#raise('dropped', `${count} uses were not noted: ${this.#table.size} wait for \`${this.#file}\``)
  }

  #raise(kind: Parameters<RaiseActivityAlarm>[0]['kind'], message: string): void {
    this.#raiseAlarm({ kind, message })
  }
}

function take(uses: Iterator<Use, undefined>, countMax: number): readonly Use[] {
  const taken: Use[] = []
  while (taken.length < countMax) {
    const { value } = uses.next()
    if (value === undefined) break
    taken.push(value)
  }
  return taken
}

interface Forgotten {
  readonly ids: Set<string>
  readonly accountIds: Set<string>
}

function nothingForgotten(): Forgotten {
  return { ids: new Set(), accountIds: new Set() }
}

function union(one: Forgotten, other: Forgotten): Forgotten {
  return { ids: one.ids.union(other.ids), accountIds: one.accountIds.union(other.accountIds) }
}

function repeatUnreferenced(callback: () => void, milliseconds: number): () => void {
  const timer = setInterval(callback, milliseconds).unref()
  return () => clearInterval(timer)
}
