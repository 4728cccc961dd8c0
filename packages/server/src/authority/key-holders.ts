import type { AccountImage } from '../account/account-tables.ts'
import { findKeyHolder, type KeyHolder } from './find-key.ts'

/**
 * Finds whose access key it is, in published images, and keeps what it found as long as the image is the same: the look-ups of
 * key and user in their trees would be a tenth of what a call costs.
 */
export class KeyHolders {
  readonly #known = new WeakMap<AccountImage, { readonly revision: number; readonly holders: Map<string, KeyHolder> }>()

  /** As `findKeyHolder`. The image must be a published one: a draft changes without becoming another. */
  find(accountId: string, image: AccountImage, accessKeyId: string): KeyHolder | undefined {
    const known = this.#known.get(image)
    const held = known?.revision === image.revision ? known.holders.get(accessKeyId) : undefined
    if (held !== undefined) return held
    const found = findKeyHolder(accountId, image, accessKeyId)
    // Keys that are not there are not kept: strangers could make up any number of them.
    if (found === undefined) return undefined
    if (known?.revision === image.revision) known.holders.set(accessKeyId, found)
    else this.#known.set(image, { revision: image.revision, holders: new Map([[accessKeyId, found]]) })
    return found
  }
}
