import { getKeyOwner } from '../../../account/access-key.ts'
import { getSigningCertificate } from '../../../account/credential/signing-certificate.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { writeOperation } from '../../operation.ts'

export const DeleteSigningCertificate = writeOperation('DeleteSigningCertificate', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input: { UserName, CertificateId: id } }, scene) {
    const ownerId = getKeyOwner(scene, UserName).id
    scene.account.signingCertificates.delete(getSigningCertificate(scene.account, { ownerId, id }, scene.error).id)
    return {}
  },
})
