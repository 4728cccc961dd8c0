import { getSshPublicKey } from '../../../account/credential/ssh-public-key.ts'
import { getUser, userResource } from '../../../account/user.ts'
import { writeOperation } from '../../operation.ts'

export const UpdateSSHPublicKey = writeOperation('UpdateSSHPublicKey', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input: { UserName, SSHPublicKeyId: id, Status } }, { account, error }) {
    // AWS gives this status to credentials itself: as of access keys, a caller cannot ask for it.
    if (Status === 'Expired') throw error('InvalidInput', 'The status of an SSH public key cannot be set to Expired.')
    const key = getSshPublicKey(account, { ownerId: getUser(account, UserName, error).id, id }, error)
    account.sshPublicKeys.put({ ...key, status: Status })
    return {}
  },
})
