import { accessKeysOf, getKeyOwner } from '../../../account/access-key.ts'
import { accessKeyPlace } from '../../../account/access-key-place.ts'
import type { AccountReader } from '../../../account/account-tables.ts'
import { newAccessKeyId, newSecretAccessKey, type RandomBytes } from '../../../account/ids.ts'
import { quota } from '../../../account/quotas.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { writeOperation } from '../../operation.ts'

/** Makes an access key for a user, or for the caller. Its secret is in this answer and never again (P8). */
export const CreateAccessKey = writeOperation('CreateAccessKey', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const { account, accountId, now, randomBytes, vault, error } = scene
    const owner = getKeyOwner(scene, input.UserName)
    const keysMax = quota(account, 'AccessKeysPerUserQuota')
    if (accessKeysOf(account, owner.id).take(keysMax).toArray().length >= keysMax) {
      throw error('LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${keysMax}`)
    }
    const id = freeAccessKeyId(account, accountId, randomBytes)
    const secret = newSecretAccessKey(randomBytes)
    const sealedSecret = vault.seal(accessKeyPlace(accountId, id), secret)
    account.accessKeys.put({ id, ownerId: owner.id, status: 'Active', createdAt: now.toISOString(), sealedSecret })
    return {
      AccessKey: {
        UserName: owner.name,
        AccessKeyId: id,
        Status: 'Active',
        SecretAccessKey: secret,
        CreateDate: now,
      },
    }
  },
})

/** Ids that are made encode their account, so one that is free here is free everywhere. */
function freeAccessKeyId(account: AccountReader, accountId: string, randomBytes: RandomBytes): string {
  for (;;) {
    const id = newAccessKeyId('AKIA', accountId, randomBytes)
    if (account.accessKeys.find(id) === undefined) return id
  }
}
