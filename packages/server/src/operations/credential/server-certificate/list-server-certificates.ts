import { serverCertificateArn } from '../../../account/arns.ts'
import { serverCertificateMetadataView } from '../../../account/credential/server-certificate.ts'
import { readOperation } from '../../operation.ts'
import { pathPage } from '../../path-page.ts'

export const ListServerCertificates = readOperation('ListServerCertificates', {
  // As ListUsers: no resource type in the Service Authorization Reference, and the path prefix in denials.
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: serverCertificateArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const { account, accountId } = scene
    const { rows, truncation } = pathPage(scene, {
      operation: 'ListServerCertificates',
      input,
      table: account.serverCertificates,
    })
    return {
      ServerCertificateMetadataList: rows.map((row) => serverCertificateMetadataView(row, accountId)),
      ...truncation,
    }
  },
})
