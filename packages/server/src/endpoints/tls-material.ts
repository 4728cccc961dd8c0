/** The certificate and key that a server shows, as configured in files. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { ConfigurationFault } from '../config/configuration-fault.ts'

export interface TlsMaterial {
  /** PEM: the certificate, then those that lead to its issuer. */
  readonly cert: string
  readonly key: string
}

export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** Reads both files and checks that they belong together. Throws ConfigurationFault. */
export async function readTlsMaterial(files: TlsFiles): Promise<TlsMaterial> {
  const cert = await readPem('certificate', files.certFile)
  const key = await readPem('key', files.keyFile)
  try {
    // An empty file, which a full disk leaves behind, would pass createSecureContext and serve nobody.
    new X509Certificate(cert)
    createPrivateKey(key)
    createSecureContext({ cert, key })
  } catch (cause) {
    const message = `\`${files.certFile}\` and \`${files.keyFile}\` are not a PEM certificate and its unencrypted key`
    throw new ConfigurationFault(`${message}: ${reasonOf(cause)}`, { cause })
  }
  return { cert, key }
}

async function readPem(what: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new ConfigurationFault(`the TLS ${what} \`${file}\` cannot be read: ${reasonOf(cause)}`, { cause })
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
