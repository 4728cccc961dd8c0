import { getKeyOwner } from '../../../account/access-key.ts'
import {
  signingCertificatePosition,
  signingCertificatesOf,
  signingCertificateView,
} from '../../../account/credential/signing-certificate.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { readOperation } from '../../operation.ts'
import { page } from '../../page.ts'

export const ListSigningCertificates = readOperation('ListSigningCertificates', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const owner = getKeyOwner(scene, input.UserName)
    const { rows, truncation } = page(scene, {
      operation: 'ListSigningCertificates',
      input,
      filter: owner.id,
      rows: (after) => signingCertificatesOf(scene.account, owner.id, after),
      position: signingCertificatePosition,
    })
    return { Certificates: rows.map((certificate) => signingCertificateView(certificate, owner)), ...truncation }
  },
})
