import { getServerCertificate, serverCertificateResource } from '../../../account/credential/server-certificate.ts'
import { removeTags } from '../../../account/tags.ts'
import { writeOperation } from '../../operation.ts'

export const UntagServerCertificate = writeOperation('UntagServerCertificate', {
  authorize({ ServerCertificateName, TagKeys }, view) {
    const { resource, context } = serverCertificateResource(view, ServerCertificateName)
    return { resource, context: { ...context, 'aws:TagKeys': TagKeys } }
  },
  handle({ input }, { account, error }) {
    const certificate = getServerCertificate(account, input.ServerCertificateName, error)
    const tags = removeTags(certificate.tags, input.TagKeys, { ignoreCase: false })
    account.serverCertificates.put({ ...certificate, tags })
    return {}
  },
})
