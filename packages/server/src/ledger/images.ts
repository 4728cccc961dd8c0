/** The published images: what reads and decisions see. Only entries that are committed get here. */
import { type AccountImage, accountStream, emptyAccount } from '../account/account-tables.ts'
import { DIRECTORY_STREAM, type DirectoryImage, emptyDirectory } from '../account/directory-tables.ts'
import type { Change, JournalEntry, StreamId } from '../journal/journal.ts'

const ACCOUNT_PREFIX = accountStream('')

export class Images {
  #directory: DirectoryImage = emptyDirectory()
  readonly #accounts = new Map<string, AccountImage>()
  /** Account of every access key there is, so that an unknown key is refused before anything else is looked at. */
  readonly #accountOfKey = new Map<string, string>()
  #tellRemoved: (id: string) => void = () => {}

  get directory(): DirectoryImage {
    return this.#directory
  }

  account(accountId: string): AccountImage | undefined {
    return this.#accounts.get(accountId)
  }

  accountOfKey(accessKeyId: string): string | undefined {
    return this.#accountOfKey.get(accessKeyId)
  }

  /** Starts a stream's image from nothing; the caller loads it and then publishes it. */
  emptyImage(stream: StreamId): AccountImage | DirectoryImage {
    return stream === DIRECTORY_STREAM ? emptyDirectory() : emptyAccount(stream.slice(ACCOUNT_PREFIX.length))
  }

  image(stream: StreamId): AccountImage | DirectoryImage | undefined {
    return stream === DIRECTORY_STREAM ? this.#directory : this.#accounts.get(stream.slice(ACCOUNT_PREFIX.length))
  }

  publishDirectory(image: DirectoryImage): void {
    this.#directory = image
  }

  /** `tell` gets the id of every access key and user that is there no longer, whichever process removed it. */
  onRemoved(tell: (id: string) => void): void {
    this.#tellRemoved = tell
  }

  /** `changes` are all those between the image that was published before and this one. */
  publishAccount(accountId: string, image: AccountImage, changes: readonly Change[]): void {
    const before = this.#accounts.get(accountId)
    this.#accounts.set(accountId, image)
    for (const { table, key, record } of changes) {
      if (table === 'users' && record === null) this.#tellWhenGone(image, before?.tables.users.find(key)?.id)
      if (table !== 'accessKeys') continue
      if (record === null) {
        this.#accountOfKey.delete(key)
        this.#tellRemoved(key)
      } else this.#accountOfKey.set(key, accountId)
    }
  }

  /** Takes in an image that was loaded whole. */
  publishLoaded(stream: StreamId, image: AccountImage | DirectoryImage): void {
    if (isDirectory(image)) {
      this.publishDirectory(image)
      return
    }
    const accountId = stream.slice(ACCOUNT_PREFIX.length)
    const before = this.#accounts.get(accountId)?.tables
    for (const { id } of before?.accessKeys.scan() ?? []) this.#accountOfKey.delete(id)
    this.#accounts.set(accountId, image)
    for (const key of image.tables.accessKeys.scan()) this.#accountOfKey.set(key.id, accountId)
    for (const { id } of before?.accessKeys.scan() ?? []) if (!this.#accountOfKey.has(id)) this.#tellRemoved(id)
    for (const { id } of before?.users.scan() ?? []) this.#tellWhenGone(image, id)
  }

  /** A user that was renamed left its name, and is there. */
  #tellWhenGone(image: AccountImage, userId: string | undefined): void {
    if (userId !== undefined && image.tables.users.findBy('id', userId) === undefined) this.#tellRemoved(userId)
  }

  /** Applies an entry that another process wrote. Returns the streams that it does not follow on from: they must be loaded again. */
  apply(entry: JournalEntry): readonly StreamId[] {
    const torn: StreamId[] = []
    for (const { stream, revision, changes } of entry.writes) {
      const image = this.image(stream) ?? this.emptyImage(stream)
      if (revision <= image.revision) continue
      if (revision !== image.revision + 1) {
        torn.push(stream)
        continue
      }
      const next = image.fork()
      next.apply(revision, changes)
      if (isDirectory(next)) this.publishDirectory(next)
      else this.publishAccount(stream.slice(ACCOUNT_PREFIX.length), next, changes)
    }
    return torn
  }
}

function isDirectory(image: AccountImage | DirectoryImage): image is DirectoryImage {
  return image.stream === DIRECTORY_STREAM
}
