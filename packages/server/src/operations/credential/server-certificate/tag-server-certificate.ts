import { getServerCertificate, serverCertificateResource } from '../../../account/credential/server-certificate.ts'
import { mergeTags, requestTagContext } from '../../../account/tags.ts'
import { writeOperation } from '../../operation.ts'

/** Tag keys of server certificates are told apart by case, as those of all but users and roles (IAM and STS quotas, "Tag keys"). */
export const TagServerCertificate = writeOperation('TagServerCertificate', {
  authorize({ ServerCertificateName, Tags }, view) {
    const { resource, context } = serverCertificateResource(view, ServerCertificateName)
    return { resource, context: { ...context, ...requestTagContext(Tags) } }
  },
  handle({ input }, { account, error }) {
    const certificate = getServerCertificate(account, input.ServerCertificateName, error)
    const tags = mergeTags(certificate.tags, input.Tags, { ignoreCase: false, error })
    account.serverCertificates.put({ ...certificate, tags })
    return {}
  },
})
