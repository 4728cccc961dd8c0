/**
 * An image: all state of one stream in memory, as tables, with the revision that it stands at.
 *
 * Operations read and change images synchronously. A change happens on a fork, which notes it; publishing the fork is a
 * pointer swap, and undoing it is dropping it.
 */
import type { Change, Json, StreamId } from '../journal/journal.ts'
import { Table, type TableReader, type TableSchema, type TableWriter } from './table.ts'

/** Any table, as seen by code that does not care whose records it holds. */
type AnyTable = Pick<Table<unknown>, 'load' | 'entries'> & { readonly schema: { readonly decides: boolean } }
export type Schemas = Readonly<Record<string, { readonly name: string; readonly decides: boolean }>>

type Tables<S extends Schemas> = {
  readonly [K in keyof S]: S[K] extends TableSchema<infer R, infer I> ? Table<R, I> : never
}
/** The tables of an image, to read from. */
export type Readable<S extends Schemas> = {
  readonly [K in keyof S]: S[K] extends TableSchema<infer R, infer I> ? TableReader<R, I> : never
}
/** The tables of a draft, to read from and to change. */
export type Writable<S extends Schemas> = {
  readonly [K in keyof S]: S[K] extends TableSchema<infer R, infer I> ? TableWriter<R, I> : never
}

export class Image<S extends Schemas = Schemas> {
  readonly stream: StreamId
  readonly tables: Tables<S>
  /** What this fork changed, in order, until `advance` hands it over. */
  readonly #changes: Change[] = []
  readonly #schemas: S
  readonly #byName = new Map<string, AnyTable>()
  /** Keys of stored records that could not be read, as `table/key`. */
  readonly #damaged: Set<string>
  #isTainted: boolean
  #revision: number
  #decisionEpoch: object

  private constructor(stream: StreamId, schemas: S, origin: Image<S> | undefined) {
    this.stream = stream
    this.#schemas = schemas
    this.#isTainted = origin === undefined ? false : origin.#isTainted
    this.#revision = origin?.revision ?? 0
    this.#decisionEpoch = origin?.decisionEpoch ?? {}
    this.#damaged = new Set(origin === undefined ? [] : origin.#damaged)
    const tables: Record<string, AnyTable> = {}
    for (const [member, schema] of Object.entries(schemas)) {
      const before: AnyTable | undefined = origin === undefined ? undefined : origin.#byName.get(schema.name)
      const table = before instanceof Table ? before.fork(this.#changes) : Table.empty(asTableSchema(schema))
      this.#byName.set(schema.name, table)
      tables[member] = table
    }
    this.tables = tables as Tables<S> // Built member by member from the very schemas that S lists.
  }

  /** The image of a stream that has no entry yet. */
  static empty<S extends Schemas>(stream: StreamId, schemas: S): Image<S> {
    return new Image(stream, schemas, undefined)
  }

  /** Starts an image from a snapshot: its records are loaded next, then the entries after it are applied. */
  startAt(revision: number): void {
    this.#revision = revision
    this.#decisionEpoch = {}
  }

  /** An independent copy, in O(tables), that notes its changes. */
  fork(): Image<S> {
    return new Image(this.stream, this.#schemas, this)
  }

  /** Revision of the last entry in this image; 0 when the stream does not exist yet. */
  get revision(): number {
    return this.#revision
  }

  /**
   * Stands for everything in this image that decides what a principal may do: a new object whenever that changes.
   * An object and not a revision, because a dropped draft and what is committed in its place may have the same revision.
   */
  get decisionEpoch(): object {
    return this.#decisionEpoch
  }

  get isChanged(): boolean {
    return this.#changes.length > 0
  }

  /** Hands over the changes that this draft noted, as those of one entry: the draft is then the image which that entry leaves behind. */
  advance(): readonly Change[] {
    const changes = this.#changes.splice(0)
    this.#revision += 1
    // As where the entry is loaded: a record that is written anew is not damaged any more.
    for (const { table, key } of changes) this.#damaged.delete(placeOf(table, key))
    if (changes.some(({ table }) => this.#byName.get(table)?.schema.decides !== false)) this.#decisionEpoch = {}
    return changes
  }

  /** Applies the changes of an entry that another process wrote, or that is loaded at start. */
  apply(revision: number, changes: readonly Change[]): void {
    for (const { table, key, record } of changes) this.load(table, key, record)
    this.#changes.length = 0
    this.#revision = revision
    this.#decisionEpoch = {}
  }

  /** Takes one stored record in. One that cannot be read is set aside: see `isDamaged`. */
  load(table: string, key: string, record: Json): void {
    const place = placeOf(table, key)
    if (this.#byName.get(table)?.load(key, record) === true) this.#damaged.delete(place)
    else this.#damaged.add(place)
  }

  get damaged(): ReadonlySet<string> {
    return this.#damaged
  }

  /** Something of this stream is lost, and what it changed is not known: everything in the image counts as damaged. */
  taint(reason: string): void {
    this.#isTainted = true
    this.#damaged.add(reason)
  }

  /**
   * Whether a record that belongs to this id could not be read: one whose key is the id or a pair that starts with it. Its principal
   * is denied: fail closed. What else stands in a key is chosen by callers (names, ARNs) and says nothing of others.
   */
  isDamaged(id: string): boolean {
    if (this.#isTainted) return true
    for (const place of this.#damaged) {
      const key = place.slice(place.indexOf('/') + 1)
      if (key === id || key.startsWith(`${id} `)) return true
    }
    return false
  }

  /** Every record of every table, for snapshots. */
  *records(): IterableIterator<readonly [table: string, key: string, record: Json]> {
    for (const [name, table] of this.#byName) {
      for (const [key, record] of table.entries()) {
        yield [name, key, record as Json] // Guards admit JSON members only.
      }
    }
  }
}

function placeOf(table: string, key: string): string {
  return `${table}/${key}`
}

function asTableSchema(schema: Schemas[string]): TableSchema<unknown> {
  return schema as TableSchema<unknown> // `Schemas` only hides the record type that each schema is about.
}
