/**
 * `iamd recover root`: a new password and access key for a root user whose own are lost. The former ones end with it.
 *
 * The one change that is not an API call: whoever holds the data directory and the master key holds everything anyway. It is
 * recorded as the operator's act, and the next start says that it happened.
 */
import { accessKeyPlace } from '../account/access-key-place.ts'
import { pairPrefix, type AccountWriter } from '../account/account-tables.ts'
import { hashPassword } from '../vault/password-hash.ts'
import type { Installer } from './first-account.ts'
import { newRootKey, newRootPassword, type RootCredential } from './root-credential.ts'

/** The new credential, when it is durable. Throws Error when there is no such account. */
export async function recoverRootUser(accountId: string, { ledger, vault, newId }: Installer): Promise<RootCredential> {
  const key = newRootKey(accountId)
  const password = newRootPassword()
  const passwordHash = await hashPassword(password)
  const rootEmail = await ledger.write({
    requestId: newId(),
    action: 'iamd:RecoverRoot',
    origin: { caller: 'iamd:operator', sourceIp: '', userAgent: '' },
    attempt: (draft, now) => {
      const account = draft.account(accountId)?.tables
      const entry = draft.directory.tables.accounts.find(accountId)
      if (account === undefined || entry === undefined) throw new Error(`there is no account \`${accountId}\``)
      const time = now.toISOString()
      replacePassword(account, { accountId, passwordHash, time })
      const former = replaceKeys(account, {
        id: key.accessKeyId,
        ownerId: accountId,
        status: 'Active',
        createdAt: time,
        sealedSecret: vault.seal(accessKeyPlace(accountId, key.accessKeyId), key.secretAccessKey),
      })
      const text = `the root user of account ${accountId} was given a new password and access key ${key.accessKeyId} offline; ended: ${former.join(', ') || 'no access key'}`
      draft.directory.tables.notices.put({ id: newId(), time, text })
      return entry.rootEmail
    },
  })
  return { accountId, rootEmail, password, ...key }
}

interface NewPassword {
  readonly accountId: string
  readonly passwordHash: string
  /** ISO 8601 with milliseconds, UTC. */
  readonly time: string
}

function replacePassword(account: AccountWriter, { accountId, passwordHash, time }: NewPassword): void {
  const former = account.loginProfiles.find(accountId)
  account.loginProfiles.put({
    ownerId: accountId,
    createdAt: former?.createdAt ?? time,
    changedAt: time,
    passwordHash,
    resetRequired: false,
    previousHashes: former?.previousHashes ?? [],
  })
}

/** Returns the ids of the keys that are gone. */
function replaceKeys(
  account: AccountWriter,
  next: Parameters<AccountWriter['accessKeys']['put']>[0],
): readonly string[] {
  const former = [...account.accessKeys.scanBy('owner', { prefix: pairPrefix(next.ownerId) })].map(({ id }) => id)
  for (const id of former) account.accessKeys.delete(id)
  account.accessKeys.put(next)
  return former
}
