/** What users and accounts are given in tests through the operations that upload: SSH keys, signing and server certificates. */
import assert from 'node:assert/strict'
import {
  type ServerCertificateMetadata,
  type SigningCertificate,
  type SSHPublicKey,
  UploadServerCertificateCommand,
  type UploadServerCertificateCommandInput,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from '@aws-sdk/client-iam'
import { type Issued, makeCertificate, makeSshKey } from './certificates.ts'
import type { World } from '../world.ts'

/** Uploads the key that the seed makes. */
export async function uploadSshKey(world: World, UserName: string, seed: string): Promise<SSHPublicKey & WithId> {
  const { SSHPublicKey: key } = await world
    .iam()
    .send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: makeSshKey(seed) }))
  assert(key?.SSHPublicKeyId !== undefined)
  return { ...key, id: key.SSHPublicKeyId }
}

interface WithId {
  readonly id: string
}

/** Uploads a new certificate of a user; of the root user when no name is given. */
export async function uploadSigningCertificate(world: World, UserName?: string): Promise<SigningCertificate & WithId> {
  const CertificateBody = makeCertificate(UserName ?? 'root').certificatePem
  const { Certificate: certificate } = await world
    .iam()
    .send(new UploadSigningCertificateCommand({ UserName, CertificateBody }))
  assert(certificate?.CertificateId !== undefined)
  return { ...certificate, id: certificate.CertificateId }
}

/** What UploadServerCertificate takes for a certificate: its body and its private key. */
export function bodyAndKey({ certificatePem, privateKeyPem }: Issued): {
  readonly CertificateBody: string
  readonly PrivateKey: string
} {
  return { CertificateBody: certificatePem, PrivateKey: privateKeyPem }
}

/** Uploads a new server certificate, in everything right unless the input says otherwise. */
export async function uploadServerCertificate(
  world: World,
  ServerCertificateName: string,
  input: Partial<UploadServerCertificateCommandInput> = {},
): Promise<ServerCertificateMetadata> {
  const material = bodyAndKey(makeCertificate('example.com'))
  const { ServerCertificateMetadata: metadata } = await world
    .iam()
    .send(new UploadServerCertificateCommand({ ServerCertificateName, ...material, ...input }))
  assert(metadata !== undefined)
  return metadata
}
