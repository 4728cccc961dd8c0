import type { SSHPublicKey } from '@iamd/wire'
import type { SshPublicKeyRecord, UserRecord } from '../../../account/records.ts'
import { sshPublicKeyMetadataView } from '../../../account/credential/ssh-public-key.ts'
import { type SshEncoding, sshFingerprint, sshPublicKeyText } from '../../../certificates/ssh-public-key.ts'

/** A key with the key itself, in that encoding, as UploadSSHPublicKey and GetSSHPublicKey show it. */
export function sshPublicKeyView(key: SshPublicKeyRecord, user: UserRecord, encoding: SshEncoding): SSHPublicKey {
  return {
    ...sshPublicKeyMetadataView(key, user),
    Fingerprint: sshFingerprint(key.material),
    SSHPublicKeyBody: sshPublicKeyText(key.material, encoding),
  }
}
