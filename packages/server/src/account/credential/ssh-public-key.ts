/** SSH public keys: how they are found and shown. Only users have them. */
import type { Fault, SSHPublicKeyMetadata } from '@iamd/wire'
import { type AccountReader, pairKey, pairPrefix } from '../account-tables.ts'
import type { SshPublicKeyRecord, UserRecord } from '../records.ts'

/** The keys of a user in the order of their ids, as AWS lists them (CodeCommit User Guide, "Troubleshooting SSH connections"); after that id, when given. */
export function sshPublicKeysOf(
  account: AccountReader,
  ownerId: string,
  after?: string,
): IteratorObject<SshPublicKeyRecord> {
  const prefix = pairPrefix(ownerId)
  return account.sshPublicKeys.scanBy('owner', { prefix, after: after && pairKey(ownerId, after) })
}

/** The key of that id if it is the user's; a key of somebody else is as unknown as one that is not there. */
export function getSshPublicKey(
  account: AccountReader,
  { ownerId, id }: { readonly ownerId: string; readonly id: string },
  error: (code: 'NoSuchEntity', message: string) => Fault,
): SshPublicKeyRecord {
  const key = account.sshPublicKeys.find(id)
  if (key?.ownerId === ownerId) return key
  throw error('NoSuchEntity', `The Public Key with id ${id} cannot be found.`)
}

/** A key as ListSSHPublicKeys shows it: without the key itself. */
export function sshPublicKeyMetadataView(
  { id, status, uploadedAt }: SshPublicKeyRecord,
  { name }: UserRecord,
): SSHPublicKeyMetadata {
  return { UserName: name, SSHPublicKeyId: id, Status: status, UploadDate: new Date(uploadedAt) }
}
