/** Where the secret of a service-specific credential is kept: what its sealed form is bound to. */
import type { SecretPlace } from '../../vault/vault.ts'

export function serviceCredentialPlace(accountId: string, credentialId: string): SecretPlace {
  return { accountId, table: 'serviceCredentials', key: credentialId, field: 'sealedSecret' }
}
