import { newServiceSecret } from '../../../account/credential/service-credential.ts'
import { serviceCredentialPlace } from '../../../account/credential/service-credential-place.ts'
import { writeOperation } from '../../operation.ts'
import { assertNotExpired, credentialResource, getRequestedCredential } from './requested-credential.ts'
import { secretView } from './secret-view.ts'

/** Gives a credential another secret, which is in this answer and never again (P8); the former one is destroyed. */
export const ResetServiceSpecificCredential = writeOperation('ResetServiceSpecificCredential', {
  authorize: credentialResource,
  handle({ input }, scene) {
    const { account, accountId, now, randomBytes, vault } = scene
    const { user, credential } = getRequestedCredential(scene, input)
    assertNotExpired(credential, scene)
    const secret = newServiceSecret(credential, randomBytes)
    const sealedSecret = vault.seal(serviceCredentialPlace(accountId, credential.id), secret)
    account.serviceCredentials.put({ ...credential, sealedSecret })
    return { ServiceSpecificCredential: secretView(credential, secret, { userName: user.name, now }) }
  },
})
