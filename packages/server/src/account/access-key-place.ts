/** Where the secret of an access key is kept: what its sealed form is bound to. */
import type { SecretPlace } from '../vault/vault.ts'

export function accessKeyPlace(accountId: string, accessKeyId: string): SecretPlace {
  return { accountId, table: 'accessKeys', key: accessKeyId, field: 'sealedSecret' }
}
