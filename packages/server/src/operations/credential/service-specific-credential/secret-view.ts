/** A service-specific credential with its secret, as only the answer that makes the secret shows it. */
import type { ServiceSpecificCredential } from '@iamd/wire'
import type { ServiceCredentialRecord } from '../../../account/credential/credential-records.ts'
import { hasApiKeys, serviceCredentialView } from '../../../account/credential/service-credential.ts'

export function secretView(
  credential: ServiceCredentialRecord,
  secret: string,
  shown: { readonly userName: string; readonly now: Date },
): ServiceSpecificCredential {
  return {
    ...serviceCredentialView(credential, shown),
    ...(hasApiKeys(credential.service) ? { ServiceCredentialSecret: secret } : { ServicePassword: secret }),
  }
}
