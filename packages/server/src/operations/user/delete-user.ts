import { type AccountReader, nameKey, pairPrefix } from '../../account/account-tables.ts'
import { enabledDevicesOf } from '../../account/credential/mfa-device.ts'
import { serviceCredentialsOf } from '../../account/credential/service-credential.ts'
import { signingCertificatesOf } from '../../account/credential/signing-certificate.ts'
import { sshPublicKeysOf } from '../../account/credential/ssh-public-key.ts'
import { getUser, userResource } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { policyConflict } from '../policy-conflict.ts'

/** Deletes a user to which nothing belongs any more: so nothing is left behind. */
export const DeleteUser = writeOperation('DeleteUser', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, { account, error }) {
    const { id, name } = getUser(account, input.UserName, error)
    const conflict = conflictOf(account, id)
    if (conflict !== undefined) throw error('DeleteConflict', conflict)
    account.users.delete(nameKey(name))
    return {}
  },
})

/**
 * AWS's sentence about what still belongs to the user. Which comes first when there are several is not published: they are asked in
 * the order in which DeleteUser's page in the IAM API Reference lists what to remove.
 */
function conflictOf(account: AccountReader, userId: string): string | undefined {
  const prefix = pairPrefix(userId)
  if (account.loginProfiles.find(userId) !== undefined) return 'Cannot delete entity, must delete login profile first.'
  if (account.accessKeys.scanBy('owner', { prefix }).some(() => true)) {
    return 'Cannot delete entity, must delete access keys first.'
  }
  // Both observed, and the second says no more than that: github.com/rebuy-de/aws-nuke, issues 671 and 522.
  if (signingCertificatesOf(account, userId).some(() => true)) {
    return 'Cannot delete entity, must delete certificates first.'
  }
  if (sshPublicKeysOf(account, userId).some(() => true)) {
    return 'Cannot delete entity, must remove referenced objects first.'
  }
  if (serviceCredentialsOf(account, userId).some(() => true)) {
    return 'Cannot delete entity, must remove service specific credentials first.'
  }
  if (enabledDevicesOf(account, userId).length > 0) return 'Cannot delete entity, must delete MFA device first.'
  const conflict = policyConflict(account, userId)
  if (conflict !== undefined) return conflict
  // The plural is AWS's own, also where it is the user that is deleted (observed).
  if (account.memberships.scan({ prefix }).some(() => true)) {
    return 'Cannot delete entity, must remove users from group first.'
  }
  return undefined
}
