import { getAccessKey, getKeyOwner } from '../../../account/access-key.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { writeOperation } from '../../operation.ts'

export const UpdateAccessKey = writeOperation('UpdateAccessKey', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const { account, error } = scene
    const { AccessKeyId: id, Status } = input
    // AWS gives this status to keys itself; a caller that asks for it is told so (observed code, our sentence).
    if (Status === 'Expired') throw error('InvalidInput', 'The status of an access key cannot be set to Expired.')
    const key = getAccessKey(account, { ownerId: getKeyOwner(scene, input.UserName).id, id }, error)
    account.accessKeys.put({ ...key, status: Status })
    return {}
  },
})
