/**
 * The vault port: seals what must be recovered later (secret access keys, MFA seeds) and what a caller carries for us (pagination markers).
 *
 * Every secret is encrypted with a key of its own; that key is wrapped by the installation key; the installation key is wrapped by
 * the master key and lies in `installation.key.json`. Sealing and opening are synchronous, because handlers are, and cost microseconds.
 * `create-vault.ts` makes one.
 */

/** Seals and opens secrets and pagination markers. Synchronous; holds the keys of one installation in memory. */
export interface Vault {
  /** Encrypts a secret for exactly one place. The result is versioned, safe inside JSON, and different each time. */
  seal(place: SecretPlace, secret: string): SealedSecret
  /** The secret again; throws VaultFault if the value was changed, sealed for another place, or by another installation. */
  open(place: SecretPlace, sealed: string): string
  /** An opaque pagination marker for a position (a record's key) in one listing. */
  sealMarker(context: MarkerContext, position: string): string
  /** The position, or undefined if this installation did not make this marker for this very listing. */
  openMarker(context: MarkerContext, marker: string): string | undefined
  /** Makes a new installation key that seals from now on; what the former ones sealed still opens. */
  rotate(): Promise<void>
  /** Reads the installation keys again, so that a key made by another process of this installation is known. */
  reload(): Promise<void>
}

/** Where a secret lies: field `field` of the record `key` in `table` of an account. It opens nowhere else. */
export interface SecretPlace {
  readonly accountId: string
  readonly table: string
  readonly key: string
  readonly field: string
}

/** Ciphertext as it is stored; ASCII, without characters that JSON escapes. */
export type SealedSecret = `v1.${string}`

/** The listing that a marker belongs to. `filter` is whatever else selects the entries (a path prefix, a scope), in one canonical form. */
export interface MarkerContext {
  readonly accountId: string
  readonly operation: string
  readonly filter: string
}
