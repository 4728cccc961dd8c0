import { getKeyOwner } from '../../../account/access-key.ts'
import { getSigningCertificate } from '../../../account/credential/signing-certificate.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { writeOperation } from '../../operation.ts'

export const UpdateSigningCertificate = writeOperation('UpdateSigningCertificate', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input: { UserName, CertificateId: id, Status } }, scene) {
    const { account, error } = scene
    // AWS gives this status to credentials itself: as of access keys, a caller cannot ask for it.
    if (Status === 'Expired') {
      throw error('InvalidInput', 'The status of a signing certificate cannot be set to Expired.')
    }
    const certificate = getSigningCertificate(account, { ownerId: getKeyOwner(scene, UserName).id, id }, error)
    account.signingCertificates.put({ ...certificate, status: Status })
    return {}
  },
})
