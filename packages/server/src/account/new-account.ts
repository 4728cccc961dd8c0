/** Makes an account: its record, its place in the directory, and its root user's first credentials. */
import type { Vault } from '../vault/vault.ts'
import { accessKeyPlace } from './access-key-place.ts'
import type { AccountWriter } from './account-tables.ts'
import type { DirectoryWriter } from './directory-tables.ts'

export interface NewAccount {
  readonly accountId: string
  readonly rootEmail: string
  readonly rootKey: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** PHC string; undefined for an account whose root user cannot sign in. */
  readonly rootPasswordHash: string | undefined
}

export interface NewAccountScene {
  readonly account: AccountWriter
  readonly directory: DirectoryWriter
  readonly vault: Pick<Vault, 'seal'>
  readonly now: Date
}

/** Puts a new account into its own image and into the directory; the root user has one access key, and a password if a hash is given. */
export function createAccount(
  { accountId, rootEmail, rootKey, rootPasswordHash }: NewAccount,
  { account, directory, vault, now }: NewAccountScene,
): void {
  const createdAt = now.toISOString()
  directory.accounts.put({ id: accountId, createdAt, rootEmail })
  account.account.put({ id: accountId, createdAt, rootEmail })
  account.accessKeys.put({
    id: rootKey.accessKeyId,
    ownerId: accountId,
    status: 'Active',
    createdAt,
    sealedSecret: vault.seal(accessKeyPlace(accountId, rootKey.accessKeyId), rootKey.secretAccessKey),
  })
  if (rootPasswordHash === undefined) return
  account.loginProfiles.put({
    ownerId: accountId,
    createdAt,
    changedAt: createdAt,
    passwordHash: rootPasswordHash,
    resetRequired: false,
    previousHashes: [],
  })
}
