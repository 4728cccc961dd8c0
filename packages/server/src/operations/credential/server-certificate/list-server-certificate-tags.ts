import { getServerCertificate, serverCertificateResource } from '../../../account/credential/server-certificate.ts'
import { readOperation } from '../../operation.ts'
import { tagPage } from '../../tag-page.ts'

export const ListServerCertificateTags = readOperation('ListServerCertificateTags', {
  authorize: ({ ServerCertificateName }, view) => serverCertificateResource(view, ServerCertificateName),
  handle({ input }, scene) {
    const { id, tags } = getServerCertificate(scene.account, input.ServerCertificateName, scene.error)
    return tagPage(scene, { operation: 'ListServerCertificateTags', input, resourceId: id, tags })
  },
})
