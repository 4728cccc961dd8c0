import {
  getServerCertificate,
  serverCertificateMetadataView,
  serverCertificateResource,
} from '../../../account/credential/server-certificate.ts'
import { tagsView } from '../../../account/tags.ts'
import { readOperation } from '../../operation.ts'

/** Answers everything but the private key, "You cannot get the private key"; the list of tags is there when it is empty (observed). */
export const GetServerCertificate = readOperation('GetServerCertificate', {
  authorize: ({ ServerCertificateName }, view) => serverCertificateResource(view, ServerCertificateName),
  handle({ input }, { account, accountId, error }) {
    const certificate = getServerCertificate(account, input.ServerCertificateName, error)
    return {
      ServerCertificate: {
        ServerCertificateMetadata: serverCertificateMetadataView(certificate, accountId),
        CertificateBody: certificate.body,
        CertificateChain: certificate.chain,
        Tags: tagsView(certificate.tags),
      },
    }
  },
})
