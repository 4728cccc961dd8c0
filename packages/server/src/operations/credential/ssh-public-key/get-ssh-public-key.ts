import { getSshPublicKey } from '../../../account/credential/ssh-public-key.ts'
import { getUser, userResource } from '../../../account/user.ts'
import { readOperation } from '../../operation.ts'
import { sshPublicKeyView } from './ssh-public-key-view.ts'

/** Answers a key in the encoding that is asked for, whatever it was uploaded in. */
export const GetSSHPublicKey = readOperation('GetSSHPublicKey', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, { account, error }) {
    const user = getUser(account, input.UserName, error)
    const key = getSshPublicKey(account, { ownerId: user.id, id: input.SSHPublicKeyId }, error)
    return { SSHPublicKey: sshPublicKeyView(key, user, input.Encoding) }
  },
})
