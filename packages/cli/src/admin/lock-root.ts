// As a whole, so that tests can stop its clock.
import timers from 'node:timers/promises'

import { Failure, reasonOf } from '../failure.ts'
import type { AccessKeyPair, AccountApi } from '../account/account-api.ts'
import type { RootLock } from './admin-request.ts'

/** The key that must be able to work before root no longer can, and whose it has to be. */
export type Proof = { readonly key: AccessKeyPair; readonly userName: string; readonly accountId: string }

/** How long a new key may take to work, as the pauses between tries: AWS spreads keys in seconds, iamd at once. */
export const proofPausesMs: { readonly aws: readonly number[]; readonly endpoint: readonly number[] } = {
  aws: [1000, 2000, 4000, 8000, 15_000],
  endpoint: [],
}

/**
 * Proves that a key works: GetCallerIdentity answers with the user, and GetAccountSummary, an IAM read that needs the
 * administrator's policy, is allowed. Rejects with a `Failure` that says that root was left alone.
 */
export async function proveKey(api: AccountApi, proof: Proof, pausesMs: readonly number[]): Promise<void> {
  const own = api.withKey(proof.key)
  for (const pauseMs of [...pausesMs, undefined]) {
    try {
      const caller = await own.getCaller()
      assertIsUser(caller.arn, proof)
      await own.hasRootAccessKey()
      return
    } catch (error) {
      if (pauseMs === undefined) throw unproven(error, proof)
      await timers.setTimeout(pauseMs)
    }
  }
}

/** Keys of the root user to lock, and how. */
export type RootKeys = { readonly how: RootLock; readonly accessKeyIds: readonly string[] }

/**
 * Deletes or deactivates access keys of the root user; the one that signs goes last, or the others would stay.
 * Rejects with a `Failure` that says which are locked and which are not.
 */
export async function lockRootKeys(api: AccountApi, { how, accessKeyIds }: RootKeys): Promise<void> {
  const signing = await api.getSigningKeyId()
  const ordered = accessKeyIds.toSorted((one, other) => Number(one === signing) - Number(other === signing))
  for (const [index, id] of ordered.entries()) {
    try {
      await (how === 'delete' ? api.deleteAccessKey(id) : api.deactivateAccessKey(id))
    } catch (error) {
      const done = index === 0 ? '' : `; ${ordered.slice(0, index).join(', ')} is locked`
      throw new Failure(`could not ${how} root access key ${id}: ${reasonOf(error)}${done}`, {
        remedy: 'the user is made and works; run the same command again to lock root',
        cause: error,
      })
    }
  }
}

function assertIsUser(arn: string, { userName, accountId }: Proof): void {
  const [account, resource] = arn.split(':').slice(4)
  const [noun, ...path] = resource?.split('/') ?? []
  if (account !== accountId || noun !== 'user' || path.at(-1) !== userName)
    throw new Error(`the key answers as \`${arn}\``)
}

function unproven(error: unknown, { key, userName }: Proof): Failure {
  return new Failure(`access key ${key.id} of \`${userName}\` did not prove to work: ${reasonOf(error)}`, {
    remedy: 'the root key was left as it is; run the same command again when the key works',
    cause: error,
  })
}
