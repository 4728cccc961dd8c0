/**
 * The uses that are in memory: the latest of each subject and item, bounded in number. A use that is already there is merged however full
 * the table is; only one of something new is dropped, and counted.
 */
import type { KeyUse, PasswordUse, PrincipalUse } from './activity.ts'
import { isLater, KEY_ITEM, PASSWORD_ITEM, useOfKey, useOfPassword, useOfPrincipal, type Use } from './use.ts'

/** Text that a caller chose (the region in a signature's scope) is kept up to this length. */
const TEXT_LENGTH_MAX = 64

export class UseTable {
  readonly #bySubject = new Map<string, Map<string, Use>>()
  readonly #sizeMax: number
  #size = 0
  #dropped = 0

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax
  }

  /** How many uses are here. */
  get size(): number {
    return this.#size
  }

  /** How many uses have been dropped because the table was full. */
  get dropped(): number {
    return this.#dropped
  }

  // These three are on the path of every call. IAM answers whole seconds, so a use in the same second as the last one,
  // alike in everything, changes nothing: it costs two look-ups and allocates nothing.

  noteKeyUse(use: KeyUse): void {
    const held = this.find(use.accessKeyId, KEY_ITEM)
    const isKnown = held !== undefined && held.detail === use.service && held.region === use.region
    if (!isKnown || held.time !== wholeSecond(use.time)) this.#merge(held, useOfKey(use))
  }

  notePasswordUse(use: PasswordUse): void {
    this.#merge(this.find(use.userId, PASSWORD_ITEM), useOfPassword(use))
  }

  notePrincipalUse(use: PrincipalUse): void {
    const held = this.find(use.principalId, use.action)
    const isKnown = held !== undefined && (held.detail === 'allowed') === use.allowed && held.region === use.region
    if (!isKnown || held.time !== wholeSecond(use.time)) this.#merge(held, useOfPrincipal(use))
  }

  find(subject: string, item: string): Use | undefined {
    return this.#bySubject.get(subject)?.get(item)
  }

  of(subject: string): readonly Use[] {
    return [...(this.#bySubject.get(subject)?.values() ?? [])]
  }

  /** Every use. What is removed or replaced while one goes through them is left out or seen as it then is. */
  *all(): Generator<Use, undefined> {
    for (const items of this.#bySubject.values()) yield* items.values()
  }

  /** Removes a use unless a later one has taken its place. */
  remove(use: Use): void {
    const items = this.#bySubject.get(use.subject)
    if (items?.get(use.item) !== use) return
    items.delete(use.item)
    this.#size -= 1
    if (items.size === 0) this.#bySubject.delete(use.subject)
  }

  forget(subject: string): void {
    this.#size -= this.#bySubject.get(subject)?.size ?? 0
    this.#bySubject.delete(subject)
  }

  forgetAccount(accountId: string): void {
    for (const use of this.all()) if (use.accountId === accountId) this.remove(use)
  }

  #merge(held: Use | undefined, noted: Use): void {
    // A time that is no number would be refused by the file for ever, and with it everything noted beside it.
    if (!Number.isFinite(noted.time)) return
    const use = {
      ...noted,
      region: noted.region.slice(0, TEXT_LENGTH_MAX),
      detail: noted.detail.slice(0, TEXT_LENGTH_MAX),
      time: wholeSecond(noted.time),
    }
    if (held !== undefined && !isLater(use, held)) return
    if (held === undefined && this.#size >= this.#sizeMax) this.#dropped += 1
    else this.#put(use, held === undefined)
  }

  #put(use: Use, isNew: boolean): void {
    const items = this.#bySubject.get(use.subject)
    if (items === undefined) this.#bySubject.set(use.subject, new Map([[use.item, use]]))
    else items.set(use.item, use)
    if (isNew) this.#size += 1
  }
}

function wholeSecond(milliseconds: number): number {
  return milliseconds - (milliseconds % 1000)
}
