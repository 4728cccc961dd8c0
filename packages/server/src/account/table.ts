/**
 * One table of an image: records ordered by key, with unique secondary indexes.
 *
 * Trees are copy-on-write (sorted-btree): `fork` is O(1), and a fork and its origin change independently. That is what
 * makes the writers' private overlay, its publication and its undo a pointer swap; see docs/decisions/0001.
 */
import sortedBtree from 'sorted-btree'
import type { Change, Json } from '../journal/journal.ts'
import type { Guard } from './shape.ts'

const BTree = sortedBtree.default
type Tree<V> = sortedBtree.default<string, V>

export interface TableSchema<R, I extends string = never> {
  readonly name: string
  readonly guard: Guard<R>
  readonly key: (record: R) => string
  /** Each index gives a record's unique index key, or undefined to leave the record out. */
  readonly indexes: Readonly<Record<I, (record: R) => string | undefined>>
  /** Changes here can change what a principal may do: compiled policies are made anew. */
  readonly decides: boolean
}

export interface Range {
  /** Only keys that start with this. */
  readonly prefix?: string
  /** Only keys after this one. */
  readonly after?: string | undefined
}

export interface TableReader<R, I extends string = never> {
  readonly size: number
  find(key: string): R | undefined
  findBy(index: I, key: string): R | undefined
  /** Whether a record with that key is stored and could not be read: `find` does not find it. */
  isUnreadable(key: string): boolean
  /** Records in key order, lazily: stopping early costs nothing for the rest. */
  scan(range?: Range): IteratorObject<R>
  scanBy(index: I, range?: Range): IteratorObject<R>
}

export interface TableWriter<R, I extends string = never> extends TableReader<R, I> {
  /** Adds the record, or replaces the one with the same key. */
  put(record: R): void
  /** Removes the record with that key; nothing happens when there is none. */
  delete(key: string): void
}

interface Held<R> {
  readonly rows: Tree<R>
  readonly indexes: ReadonlyMap<string, Tree<string>>
  readonly unreadable: ReadonlySet<string>
}

export class Table<R, I extends string = never> implements TableWriter<R, I> {
  readonly schema: TableSchema<R, I>
  readonly #rows: Tree<R>
  readonly #indexes: ReadonlyMap<string, Tree<string>>
  readonly #changes: Change[] | undefined
  /** Records that were looked up, as long as this copy does not change: the published ones are asked for again and again. */
  #found: Map<string, R> | undefined

  readonly #unreadable: Set<string>

  private constructor(schema: TableSchema<R, I>, held: Held<R>, changes: Change[] | undefined) {
    this.schema = schema
    this.#rows = held.rows
    this.#indexes = held.indexes
    this.#unreadable = new Set(held.unreadable)
    this.#changes = changes
  }

  static empty<R, I extends string>(schema: TableSchema<R, I>): Table<R, I> {
    const indexes = new Map(Object.keys(schema.indexes).map((name) => [name, newTree<string>()]))
    return new Table(schema, { rows: newTree<R>(), indexes, unreadable: new Set() }, undefined)
  }

  /** An independent copy in O(1). With `changes`, every put and delete of the copy is noted there. */
  fork(changes?: Change[]): Table<R, I> {
    const indexes = new Map<string, Tree<string>>()
    for (const [name, tree] of this.#indexes) indexes.set(name, tree.clone())
    return new Table(this.schema, { rows: this.#rows.clone(), indexes, unreadable: this.#unreadable }, changes)
  }

  get size(): number {
    return this.#rows.size
  }

  find(key: string): R | undefined {
    const found = this.#found?.get(key)
    return found === undefined ? this.#lookUp(key) : found
  }

  findBy(index: I, key: string): R | undefined {
    const primary = this.#indexes.get(index)?.get(key)
    return primary === undefined ? undefined : this.find(primary)
  }

  isUnreadable(key: string): boolean {
    return this.#unreadable.has(key)
  }

  *scan(range: Range = {}): Generator<R> {
    for (const [, record] of entriesIn(this.#rows, range)) yield record
  }

  *scanBy(index: I, range: Range = {}): Generator<R> {
    const tree = this.#indexes.get(index)
    if (tree === undefined) return
    for (const [, key] of entriesIn(tree, range)) {
      const record = this.#rows.get(key)
      if (record !== undefined) yield record
    }
  }

  /** Every record with its key, in key order, for snapshots. */
  *entries(): IterableIterator<readonly [string, R]> {
    yield* entriesIn(this.#rows, {})
  }

  put(record: R): void {
    const key = this.schema.key(record)
    this.#unreadable.delete(key)
    this.#found?.delete(key)
    const previous = this.#rows.get(key)
    if (previous !== undefined) this.#unindex(previous)
    this.#rows.set(key, record)
    for (const [name, indexKey] of this.#indexKeys(record)) this.#indexes.get(name)?.set(indexKey, key)
    // The guard proved at the border that records are JSON; JSON.stringify/parse here would only cost time.
    this.#changes?.push({ table: this.schema.name, key, record: asJson(record) })
  }

  delete(key: string): void {
    const previous = this.#rows.get(key)
    if (previous === undefined) return
    this.#found?.delete(key)
    this.#unindex(previous)
    this.#rows.delete(key)
    this.#changes?.push({ table: this.schema.name, key, record: null })
  }

  /** Puts or deletes what an entry or snapshot says. Returns false, changing nothing but removing the key, when the record is damaged. */
  load(key: string, record: Json): boolean {
    this.delete(key)
    this.#unreadable.delete(key)
    if (record === null) return true
    if (!this.schema.guard(record) || this.schema.key(record) !== key) {
      this.#unreadable.add(key)
      return false
    }
    this.put(record)
    return true
  }

  #lookUp(key: string): R | undefined {
    const record = this.#rows.get(key)
    if (record === undefined) return undefined
    this.#found ??= new Map()
    this.#found.set(key, record)
    return record
  }

  #unindex(record: R): void {
    for (const [name, indexKey] of this.#indexKeys(record)) this.#indexes.get(name)?.delete(indexKey)
  }

  *#indexKeys(record: R): IterableIterator<readonly [string, string]> {
    for (const name in this.schema.indexes) {
      const indexKey = this.schema.indexes[name](record)
      if (indexKey !== undefined) yield [name, indexKey]
    }
  }
}

/** As `find`; throws UnreadableRecord where the record is stored and could not be read, which is not the same as its absence. */
export function findReadable<R>(table: Pick<TableReader<R>, 'find' | 'isUnreadable'>, key: string): R | undefined {
  const record = table.find(key)
  if (record === undefined && table.isUnreadable(key))
    throw new UnreadableRecord(`the record \`${key}\` cannot be read`)
  return record
}

/** What depends on a record that cannot be read is refused: the default would hold in its place, which may allow more. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord'
}

function newTree<V>(): Tree<V> {
  return new BTree<string, V>(undefined, compareText, 32)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function* entriesIn<V>(tree: Tree<V>, { prefix = '', after }: Range): IterableIterator<readonly [string, V]> {
  const start = after === undefined || after < prefix ? prefix : after
  for (const entry of tree.entries(start)) {
    if (entry[0] === after) continue
    if (!entry[0].startsWith(prefix)) return
    yield entry
  }
}

function asJson(record: unknown): Json {
  return record as Json // Records are made of JSON members only: every table's guard says so.
}
