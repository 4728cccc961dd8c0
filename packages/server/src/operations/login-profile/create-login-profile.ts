import type { Fault } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import { getProfileOwner, loginProfileView } from '../../account/login-profile.ts'
import { assertPasswordAllowed, findPasswordPolicy } from '../../account/password/password-policy.ts'
import type { LoginProfileRecord, UserRecord } from '../../account/records.ts'
import { userOrCallerResource } from '../../account/user-or-caller.ts'
import { PrepareAgain, preparedWriteOperation } from '../operation.ts'
import { accountNames } from './account-names.ts'

/** Gives a user a password. What was checked and hashed before the write's turn is checked again in it. */
export const CreateLoginProfile = preparedWriteOperation('CreateLoginProfile', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  async prepare({ input }, scene) {
    const { account, error } = scene
    assertHasNoProfile(account, getProfileOwner(scene, input.UserName), error)
    const policy = findPasswordPolicy(account)
    const password = required(input.Password, error)
    assertPasswordAllowed(password, policy, { names: accountNames(scene), error })
    return { policy, passwordHash: await scene.passwords.hash(password) }
  },
  handle({ input }, scene, { policy, passwordHash }) {
    const { account, now, error } = scene
    const user = getProfileOwner(scene, input.UserName)
    assertHasNoProfile(account, user, error)
    if (findPasswordPolicy(account) !== policy) throw new PrepareAgain('the password policy has changed')
    const createdAt = now.toISOString()
    const profile: LoginProfileRecord = {
      ownerId: user.id,
      createdAt,
      changedAt: createdAt,
      passwordHash,
      resetRequired: input.PasswordResetRequired ?? false,
      previousHashes: [],
    }
    account.loginProfiles.put(profile)
    return { LoginProfile: loginProfileView(profile, user) }
  },
})

function assertHasNoProfile(
  account: AccountReader,
  { id, name }: UserRecord,
  error: (code: 'EntityAlreadyExists', message: string) => Fault,
): void {
  if (account.loginProfiles.find(id) !== undefined) {
    throw error('EntityAlreadyExists', `Login Profile for user ${name} already exists.`)
  }
}

/** "This parameter must be omitted when you make the request with an AssumeRoot session. It is required in all other cases." */
function required(password: string | undefined, error: (code: 'ValidationError', message: string) => Fault): string {
  if (password !== undefined) return password
  const constraint = "Value at 'password' failed to satisfy constraint: Member must not be null"
  throw error('ValidationError', `1 validation error detected: ${constraint}`)
}
