/**
 * The activity port: when each credential and each permission was last used. High volume, and never in the way of a call: noting is
 * synchronous, costs a fraction of a microsecond, never throws and never waits for a disk; at most one second of it is lost in a crash.
 *
 * Two uses of one thing merge by the later time, in whatever order they arrive, so that many processes can note the same key.
 * Implementations: `memory.ts`, `sqlite/`. Both pass `contract.ts`. All times are milliseconds since 1970, UTC.
 */

/** A request was signed with an access key and the signature was right. */
export interface KeyUse {
  readonly accountId: string
  readonly accessKeyId: string
  /** As in the signature's scope: `iam`. */
  readonly service: string
  readonly region: string
  readonly time: number
}

/** A user, or the root user (whose id is the account's), signed in with a password. */
export interface PasswordUse {
  readonly accountId: string
  readonly userId: string
  readonly time: number
}

/** A principal tried an action; attempts count also when they are denied. */
export interface PrincipalUse {
  readonly accountId: string
  /** AIDA…, AROA…, or the account id for root. */
  readonly principalId: string
  /** `iam:CreateUser`. */
  readonly action: string
  readonly region: string
  readonly allowed: boolean
  readonly time: number
}

export type KeyLastUsed = Pick<KeyUse, 'service' | 'region' | 'time'>
export type ActionLastUsed = Pick<PrincipalUse, 'action' | 'region' | 'allowed' | 'time'>

export interface Activity {
  noteKeyUse(use: KeyUse): void
  notePasswordUse(use: PasswordUse): void
  notePrincipalUse(use: PrincipalUse): void

  /** The latest use, also one that is not on disk yet. Undefined for a key that was never used, or is not known. */
  keyLastUsed(accessKeyId: string): KeyLastUsed | undefined
  passwordLastUsed(userId: string): number | undefined
  /** The latest attempt of each action, by action. The service is what stands before the colon. */
  actionsLastUsed(principalId: string): readonly ActionLastUsed[]

  /** Forgets everything about an access key, user or role that was deleted. */
  forget(id: string): void
  forgetAccount(accountId: string): void

  /** Resolves when what was noted before is durable, or the attempt has failed (and will be made again). Never rejects. */
  flush(): Promise<void>
  /** Flushes and stops. Nothing may be noted or asked afterwards. */
  close(): Promise<void>
}
