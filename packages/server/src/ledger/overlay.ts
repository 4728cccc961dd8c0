/**
 * The writers' private overlay on the published images, and the draft that one writer works on.
 *
 * Writers of a batch run one after another: each sees what the ones before it left. Nothing here is visible to reads and
 * decisions until the batch has committed.
 */
import { type AccountImage, accountStream, emptyAccount } from '../account/account-tables.ts'
import { DIRECTORY_STREAM, type DirectoryImage } from '../account/directory-tables.ts'
import type { Change, StreamRead, StreamWrite } from '../journal/journal.ts'
import type { Images } from './images.ts'

/** The images that one attempt consults or changes. Asking for one pins its revision: if it has moved at commit, the attempt runs again. */
export interface Draft {
  readonly directory: DirectoryImage
  /** Undefined when there is no such account. */
  account(accountId: string): AccountImage | undefined
  createAccount(accountId: string): AccountImage
}

interface Written {
  readonly accounts: ReadonlyMap<string, readonly Change[]>
  readonly writes: readonly StreamWrite[]
  readonly reads: readonly StreamRead[]
}

export class Overlay {
  readonly #published: Images
  #directory: DirectoryImage | undefined
  readonly #accounts = new Map<string, AccountImage>()
  readonly #accountChanges: (readonly [string, readonly Change[]])[] = []

  constructor(published: Images) {
    this.#published = published
  }

  get directory(): DirectoryImage {
    return this.#directory ?? this.#published.directory
  }

  account(accountId: string): AccountImage | undefined {
    return this.#accounts.get(accountId) ?? this.#published.account(accountId)
  }

  draft(): OverlayDraft {
    return new OverlayDraft(this)
  }

  /** Makes what a draft changed the ground for the next one. */
  take(draft: OverlayDraft): Written {
    const { directory, accounts, written } = draft.finish()
    if (directory !== undefined) this.#directory = directory
    for (const [accountId, image] of accounts) this.#accounts.set(accountId, image)
    for (const pair of written.accounts) this.#accountChanges.push(pair)
    return written
  }

  /**
   * Swaps the published images for this overlay's: called once, when its batch has committed.
   *
   * INVARIANT (no step back): a published image is only replaced by one of a later revision. After an append in doubt the streams
   * were loaded from the store, with what others wrote since.
   */
  publish(): void {
    const published = this.#published
    if (this.#directory !== undefined && this.#directory.revision > published.directory.revision) {
      published.publishDirectory(this.#directory)
    }
    for (const [accountId, image] of this.#accounts) {
      // Equal where the store was asked after an append in doubt.
      if (image.revision < (published.account(accountId)?.revision ?? 0)) continue
      const changes = this.#accountChanges.flatMap(([changed, made]) => (changed === accountId ? made : []))
      published.publishAccount(accountId, image, changes)
    }
  }
}

class OverlayDraft implements Draft {
  readonly #overlay: Overlay
  #directory: DirectoryImage | undefined
  readonly #accounts = new Map<string, AccountImage>()

  constructor(overlay: Overlay) {
    this.#overlay = overlay
  }

  get directory(): DirectoryImage {
    this.#directory ??= this.#overlay.directory.fork()
    return this.#directory
  }

  account(accountId: string): AccountImage | undefined {
    const pinned = this.#accounts.get(accountId)
    if (pinned !== undefined) return pinned
    const image = this.#overlay.account(accountId)?.fork()
    if (image !== undefined) this.#accounts.set(accountId, image)
    return image
  }

  createAccount(accountId: string): AccountImage {
    const image = emptyAccount(accountId)
    const draft = image.fork()
    this.#accounts.set(accountId, draft)
    return draft
  }

  /** What was changed (to publish and to write) and what was only consulted (to pin). */
  finish(): { directory: DirectoryImage | undefined; accounts: Map<string, AccountImage>; written: Written } {
    const writes: StreamWrite[] = []
    const reads: StreamRead[] = []
    const changed = new Map<string, AccountImage>()
    const accounts = new Map<string, readonly Change[]>()
    for (const [accountId, image] of this.#accounts) {
      const stream = accountStream(accountId)
      if (!image.isChanged) {
        reads.push({ stream, revision: image.revision })
        continue
      }
      const changes = image.advance()
      changed.set(accountId, image)
      accounts.set(accountId, changes)
      writes.push({ stream, revision: image.revision, changes })
    }
    let directory: DirectoryImage | undefined
    if (this.#directory?.isChanged === true) {
      directory = this.#directory
      const changes = directory.advance()
      writes.push({ stream: DIRECTORY_STREAM, revision: directory.revision, changes })
    } else if (this.#directory !== undefined) {
      reads.push({ stream: DIRECTORY_STREAM, revision: this.#directory.revision })
    }
    return { directory, accounts: changed, written: { accounts, writes, reads } }
  }
}
