/** What an operation works with, besides its input. Everything that is not a function of it (time, randomness, secrets) comes in here. */
import type { ErrorCode, Fault, OperationName } from '@iamd/wire'
import type { AccountReader, AccountWriter } from '../account/account-tables.ts'
import type { DirectoryReader, DirectoryWriter } from '../account/directory-tables.ts'
import type { FindAccount } from '../account/role/trust-policy.ts'
import type { Principal } from '../account/principal.ts'
import type { Activity } from '../activity/activity.ts'
import type { PolicyImage } from '../catalogue/entity-policies.ts'
import type { OneTimeCodes } from '../vault/one-time-codes.ts'
import type { Vault } from '../vault/vault.ts'
import type { RandomBytes } from '../account/ids.ts'

/** What `authorize` may look at. */
export interface SceneView {
  readonly principal: Principal
  /** The caller's account. */
  readonly accountId: string
  readonly account: AccountReader
  readonly directory: DirectoryReader
  readonly now: Date
}

export interface ReadScene<N extends OperationName> extends SceneView {
  readonly error: MakeError<N>
  /** The same account, for what must know whether something of it could not be read: whose policies are gathered. */
  readonly image: PolicyImage
  readonly activity: Pick<Activity, 'actionsLastUsed' | 'keyLastUsed' | 'passwordLastUsed'>
  readonly vault: Pick<Vault, 'sealMarker' | 'openMarker'>
  readonly passwords: PasswordHashing
  /** Any account of this installation, by its number. */
  readonly findAccount: FindAccount
  /** The account of any access key id of this installation. */
  readonly accountOfKey: (accessKeyId: string) => string | undefined
}

/** Slow on purpose, in a bounded pool: for `prepare` only. Rejects with PasswordPoolFull. */
export interface PasswordHashing {
  readonly hash: (password: string) => Promise<string>
  /** As `verify`, for who says that it is their own: refused with TooManyGuesses after some wrong ones in a row. */
  readonly guess: (password: string, hash: string) => Promise<boolean>
  /** Costs the same when there is no hash to compare with. */
  readonly verify: (password: string, hash: string | undefined) => Promise<boolean>
}

export interface WriteScene<N extends OperationName> extends SceneView {
  readonly account: AccountWriter
  readonly directory: DirectoryWriter
  /** Any account of this installation. What was seen of one is pinned: if it has moved at commit, the write runs again. */
  readonly findAccount: FindAccount
  readonly error: MakeError<N>
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly oneTimeCodes: OneTimeCodes
  /** Cryptographically secure random bytes. */
  readonly randomBytes: RandomBytes
}

/** Makes the fault to throw. An operation can name only the codes that its model has, and those that any may answer. */
export type MakeError<N extends OperationName> = (
  code: ErrorCode<N> | 'ValidationError' | 'AccessDenied',
  message: string,
) => Fault
