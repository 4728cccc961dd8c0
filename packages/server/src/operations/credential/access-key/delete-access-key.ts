import { getAccessKey, getKeyOwner } from '../../../account/access-key.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { writeOperation } from '../../operation.ts'

/** Deletes a key, and with it the only copy of its secret. */
export const DeleteAccessKey = writeOperation('DeleteAccessKey', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const { account, error } = scene
    const ownerId = getKeyOwner(scene, input.UserName).id
    account.accessKeys.delete(getAccessKey(account, { ownerId, id: input.AccessKeyId }, error).id)
    return {}
  },
})
