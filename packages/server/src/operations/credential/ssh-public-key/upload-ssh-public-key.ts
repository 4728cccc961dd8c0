import type { Fault } from '@iamd/wire'
import { sshPublicKeysOf } from '../../../account/credential/ssh-public-key.ts'
import { newUniqueId } from '../../../account/ids.ts'
import { quota } from '../../../account/quotas.ts'
import type { SshPublicKeyRecord } from '../../../account/records.ts'
import { getUser, userResource } from '../../../account/user.ts'
import { parseSshPublicKey, type SshEncoding } from '../../../certificates/ssh-public-key.ts'
import { writeOperation } from '../../operation.ts'
import { sshPublicKeyView } from './ssh-public-key-view.ts'

/** Keeps a user's SSH public key, and answers it in the encoding that it was sent in. */
export const UploadSSHPublicKey = writeOperation('UploadSSHPublicKey', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, { account, now, randomBytes, error }) {
    const user = getUser(account, input.UserName, error)
    const { material, encoding } = readKey(input.SSHPublicKeyBody, error)
    const keys = sshPublicKeysOf(account, user.id).toArray()
    if (keys.some((key) => key.material === material)) {
      throw error('DuplicateSSHPublicKey', 'The SSH public key is already associated with the specified IAM user.')
    }
    const keysMax = quota(account, 'SSHPublicKeysPerUserQuota')
    if (keys.length >= keysMax) {
      throw error('LimitExceeded', `Cannot exceed quota for SSHPublicKeysPerUser: ${keysMax}`)
    }
    const key: SshPublicKeyRecord = {
      id: newUniqueId('APKA', randomBytes),
      ownerId: user.id,
      status: 'Active',
      uploadedAt: now.toISOString(),
      material,
    }
    account.sshPublicKeys.put(key)
    return { SSHPublicKey: sshPublicKeyView(key, user, encoding) }
  },
})

function readKey(
  body: string,
  error: (code: 'InvalidPublicKey' | 'UnrecognizedPublicKeyEncoding', message: string) => Fault,
): { readonly material: string; readonly encoding: SshEncoding } {
  const found = parseSshPublicKey(body)
  switch (found.kind) {
    case 'sound':
      return found
    case 'unrecognized':
      throw error('UnrecognizedPublicKeyEncoding', 'Invalid public key uploaded.') // Observed.
    case 'invalid':
      throw error('InvalidPublicKey', 'The public key is malformed or otherwise invalid.')
  }
}
