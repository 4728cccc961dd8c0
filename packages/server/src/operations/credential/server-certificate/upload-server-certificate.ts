import { serverCertificateArn } from '../../../account/arns.ts'
import {
  assertServerCertificateNameFree,
  privateKeyPlace,
  serverCertificateMetadataView,
} from '../../../account/credential/server-certificate.ts'
import { newUniqueId } from '../../../account/ids.ts'
import { quota } from '../../../account/quotas.ts'
import type { ServerCertificateRecord } from '../../../account/records.ts'
import { mergeTags, requestTagContext } from '../../../account/tags.ts'
import { checkServerCertificate } from '../../../certificates/server-certificate.ts'
import { preparedWriteOperation } from '../../operation.ts'

/** Keeps a server certificate with its private key, sealed. A long chain takes milliseconds to check: no writer waits for that. */
export const UploadServerCertificate = preparedWriteOperation('UploadServerCertificate', {
  authorize({ ServerCertificateName, Path = '/', Tags = [] }, { accountId }) {
    const resource = serverCertificateArn(accountId, Path, ServerCertificateName)
    const context = requestTagContext(Tags)
    // A create with tags is also refused where tagging is not allowed (observed of others that are made with tags).
    const also = Tags.length === 0 ? [] : [{ action: 'iam:TagServerCertificate', resource, context }]
    return { resource, context, also }
  },
  async prepare({ input }, { now, error }) {
    const { CertificateBody: body, PrivateKey: privateKey, CertificateChain: chain } = input
    const found = checkServerCertificate({ body, privateKey, chain }, now)
    switch (found.kind) {
      case 'sound':
        return found
      case 'malformed body':
        throw error('MalformedCertificate', MALFORMED_BODY)
      case 'malformed key':
        throw error('MalformedCertificate', MALFORMED_KEY)
      case 'other key':
        throw error('KeyPairMismatch', 'The public key certificate and the private key do not match.')
      case 'broken chain':
        throw error('MalformedCertificate', `${BROKEN_CHAIN} ${found.index}`)
    }
  },
  handle({ input }, { account, accountId, now, randomBytes, vault, error }, { expiresAt }) {
    const { ServerCertificateName: name, Path = '/', Tags = [], CertificateChain } = input
    assertServerCertificateNameFree(account, { name, keepsId: undefined }, error)
    const certificatesMax = quota(account, 'ServerCertificatesQuota')
    if (account.serverCertificates.size >= certificatesMax) {
      throw error('LimitExceeded', `Cannot exceed quota for ServerCertificatesPerAccount: ${certificatesMax}`)
    }
    const id = newUniqueId('ASCA', randomBytes)
    const certificate: ServerCertificateRecord = {
      id,
      name,
      path: Path,
      uploadedAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
      body: input.CertificateBody,
      ...(CertificateChain === undefined ? {} : { chain: CertificateChain }),
      sealedPrivateKey: vault.seal(privateKeyPlace(accountId, id), input.PrivateKey),
      tags: mergeTags([], Tags, { ignoreCase: false, error }),
    }
    account.serverCertificates.put(certificate)
    return {
      ServerCertificateMetadata: serverCertificateMetadataView(certificate, accountId),
      Tags: Tags.length === 0 ? undefined : Tags,
    }
  },
})

/** Observed (github.com/openshift/openshift-ansible/issues/11214), and of a certificate that is not yet valid (github.com/aws/aws-sdk-go/issues/2586). */
const MALFORMED_BODY = 'Unable to parse certificate. Please ensure the certificate is in PEM format.'

/** AWS has this code for it; the sentence is ours. */
const MALFORMED_KEY = 'Unable to parse private key. Please ensure the private key is in PEM format and not encrypted.'

/** Observed (github.com/go-acme/lego/issues/304). */
const BROKEN_CHAIN =
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, ' +
  'followed by any intermediaries in order. The index within the chain of the invalid certificate is:'
