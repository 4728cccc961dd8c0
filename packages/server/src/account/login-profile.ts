/** Login profiles: the passwords of users. Whose they are, how they are found, made, changed and shown. */
import type { Fault, LoginProfile } from '@iamd/wire'
import type { AccountReader } from './account-tables.ts'
import type { Principal } from './principal.ts'
import type { LoginProfileRecord, UserRecord } from './records.ts'
import { getUserOrCaller } from './user-or-caller.ts'

/** As many earlier passwords as PasswordReusePrevention can ask for (IAM API Reference, UpdateAccountPasswordPolicy). */
const PREVIOUS_HASHES_MAX = 24

/**
 * The user whose login profile is asked for: the caller when no name is given. The root user must use an AssumeRoot session
 * (IAM API Reference, CreateLoginProfile).
 */
export function getProfileOwner(
  scene: ProfileScene & { readonly principal: Principal },
  userName: string | undefined,
): UserRecord {
  return getUserOrCaller(scene, userName)
}

interface ProfileScene {
  readonly account: AccountReader
  readonly error: (code: 'NoSuchEntity' | 'ValidationError', message: string) => Fault
}

/** The login profile of a user, or the fault that AWS answers when it has none. */
export function getLoginProfile({ account, error }: ProfileScene, user: UserRecord): LoginProfileRecord {
  const profile = account.loginProfiles.find(user.id)
  if (profile === undefined) throw error('NoSuchEntity', `Login Profile for User ${user.name} cannot be found.`)
  return profile
}

/** The profile with another password; the one that it had is remembered as the newest of the previous ones. */
export function withPassword(
  profile: LoginProfileRecord,
  { passwordHash, now }: { readonly passwordHash: string; readonly now: Date },
): LoginProfileRecord {
  const previousHashes = [profile.passwordHash, ...profile.previousHashes].slice(0, PREVIOUS_HASHES_MAX)
  return { ...profile, passwordHash, previousHashes, changedAt: now.toISOString() }
}

/** A login profile as operations show it: never with anything of its password. */
export function loginProfileView({ createdAt, resetRequired }: LoginProfileRecord, { name }: UserRecord): LoginProfile {
  return { UserName: name, CreateDate: new Date(createdAt), PasswordResetRequired: resetRequired }
}
