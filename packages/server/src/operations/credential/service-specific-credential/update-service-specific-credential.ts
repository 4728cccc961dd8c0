import { writeOperation } from '../../operation.ts'
import { assertNotExpired, credentialResource, getRequestedCredential } from './requested-credential.ts'

export const UpdateServiceSpecificCredential = writeOperation('UpdateServiceSpecificCredential', {
  authorize: credentialResource,
  handle({ input }, scene) {
    const { account, error } = scene
    const { Status: status } = input
    // "Sets the status of a service-specific credential to Active or Inactive"; the sentence is ours.
    if (status === 'Expired') {
      throw error('ValidationError', 'The status of a service-specific credential cannot be set to Expired.')
    }
    const { credential } = getRequestedCredential(scene, input)
    assertNotExpired(credential, scene)
    account.serviceCredentials.put({ ...credential, status })
    return {}
  },
})
