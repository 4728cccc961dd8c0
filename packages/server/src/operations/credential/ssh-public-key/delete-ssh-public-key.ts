import { getSshPublicKey } from '../../../account/credential/ssh-public-key.ts'
import { getUser, userResource } from '../../../account/user.ts'
import { writeOperation } from '../../operation.ts'

export const DeleteSSHPublicKey = writeOperation('DeleteSSHPublicKey', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input: { UserName, SSHPublicKeyId: id } }, { account, error }) {
    const ownerId = getUser(account, UserName, error).id
    account.sshPublicKeys.delete(getSshPublicKey(account, { ownerId, id }, error).id)
    return {}
  },
})
