/** The first start of an installation makes its account, and the root credential that is shown once. */
import { randomBytes } from 'node:crypto'
import { newAccountId } from '../account/ids.ts'
import { createAccount } from '../account/new-account.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { hashPassword } from '../vault/password-hash.ts'
import type { Vault } from '../vault/vault.ts'
import { newRootKey, newRootPassword, type RootCredential } from './root-credential.ts'

export interface AccountWish {
  readonly accountId?: string | undefined
  readonly rootEmail?: string | undefined
  /** Given by the emulator's flags; generated otherwise. */
  readonly rootKey?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  readonly withPassword: boolean
}

export interface Installer {
  readonly ledger: Ledger
  readonly vault: Pick<Vault, 'seal'>
  readonly newId: () => string
}

/** Makes an account, recorded in the journal as the operator's act. */
export async function installAccount(wish: AccountWish, { ledger, vault, newId }: Installer): Promise<RootCredential> {
  const accountId = wish.accountId ?? newAccountId(randomBytes)
  const rootEmail = wish.rootEmail ?? `root@${accountId}.localhost`
  const rootKey = wish.rootKey ?? newRootKey(accountId)
  const password = wish.withPassword ? newRootPassword() : undefined
  const rootPasswordHash = password === undefined ? undefined : await hashPassword(password)
  await ledger.write({
    requestId: newId(),
    action: 'iamd:CreateAccount',
    origin: { caller: 'iamd:operator', sourceIp: '', userAgent: '' },
    attempt: (draft, now) => {
      const { tables: directory } = draft.directory
      if (directory.accounts.find(accountId) !== undefined) throw new Error(`account \`${accountId}\` exists already`)
      const account = draft.createAccount(accountId).tables
      createAccount({ accountId, rootEmail, rootKey, rootPasswordHash }, { account, directory, vault, now })
    },
  })
  return { accountId, rootEmail, password, ...rootKey }
}
