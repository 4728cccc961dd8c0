import { nameKey } from '../../../account/account-tables.ts'
import { getServerCertificate, serverCertificateResource } from '../../../account/credential/server-certificate.ts'
import { writeOperation } from '../../operation.ts'

/** Deletes a certificate, and with it the only copy of its private key. No service here uses one, so nothing stands in the way. */
export const DeleteServerCertificate = writeOperation('DeleteServerCertificate', {
  authorize: ({ ServerCertificateName }, view) => serverCertificateResource(view, ServerCertificateName),
  handle({ input }, { account, error }) {
    const { name } = getServerCertificate(account, input.ServerCertificateName, error)
    account.serverCertificates.delete(nameKey(name))
    return {}
  },
})
