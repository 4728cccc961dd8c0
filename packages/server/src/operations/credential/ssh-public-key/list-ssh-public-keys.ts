import { sshPublicKeyMetadataView, sshPublicKeysOf } from '../../../account/credential/ssh-public-key.ts'
import { getProfileOwner } from '../../../account/login-profile.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { readOperation } from '../../operation.ts'
import { page } from '../../page.ts'

export const ListSSHPublicKeys = readOperation('ListSSHPublicKeys', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const user = getProfileOwner(scene, input.UserName)
    const { rows, truncation } = page(scene, {
      operation: 'ListSSHPublicKeys',
      input,
      filter: user.id,
      rows: (after) => sshPublicKeysOf(scene.account, user.id, after),
      position: ({ id }) => id,
    })
    return { SSHPublicKeys: rows.map((key) => sshPublicKeyMetadataView(key, user)), ...truncation }
  },
})
