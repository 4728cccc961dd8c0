import { writeOperation } from '../../operation.ts'
import { credentialResource, getRequestedCredential } from './requested-credential.ts'

/** Deletes a credential, and with it the only copy of its secret. */
export const DeleteServiceSpecificCredential = writeOperation('DeleteServiceSpecificCredential', {
  authorize: credentialResource,
  handle({ input }, scene) {
    scene.account.serviceCredentials.delete(getRequestedCredential(scene, input).credential.id)
    return {}
  },
})
