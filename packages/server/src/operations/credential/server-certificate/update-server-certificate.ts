import { nameKey } from '../../../account/account-tables.ts'
import {
  assertServerCertificateNameFree,
  getServerCertificate,
  movedServerCertificateArn,
  serverCertificateResource,
} from '../../../account/credential/server-certificate.ts'
import { writeOperation } from '../../operation.ts'

/** Renames a certificate or moves it to another path. Its private key hangs on its id and stays. */
export const UpdateServerCertificate = writeOperation('UpdateServerCertificate', {
  // "you must have the appropriate permissions on both the source object and the target object" (IAM API Reference, UpdateServerCertificate).
  authorize({ ServerCertificateName: name, NewServerCertificateName: newName, NewPath: newPath }, view) {
    const source = serverCertificateResource(view, name)
    const target = movedServerCertificateArn(view, name, { newName, newPath })
    return { ...source, also: target === source.resource ? [] : [{ ...source, resource: target }] }
  },
  handle({ input }, { account, error }) {
    const certificate = getServerCertificate(account, input.ServerCertificateName, error)
    const { NewServerCertificateName: name = certificate.name, NewPath: path = certificate.path } = input
    assertServerCertificateNameFree(account, { name, keepsId: certificate.id }, error)
    account.serverCertificates.delete(nameKey(certificate.name))
    account.serverCertificates.put({ ...certificate, name, path })
    return {}
  },
})
