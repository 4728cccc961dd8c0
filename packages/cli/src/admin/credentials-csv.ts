import { open, unlink, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

import { syncFolder } from '../aws-config/replace-file.ts'
import { Failure, reasonOf } from '../failure.ts'

/** What a credentials file tells about a new user; what there is not stays empty. */
export type CsvCredentials = {
  readonly userName: string
  readonly password: string | undefined
  readonly accessKeyId: string | undefined
  readonly secretAccessKey: string | undefined
  readonly consoleUrl: string | undefined
}

/**
 * The text of a credentials file as the AWS console writes it. AWS has three forms: `User name,Password,Console
 * sign-in URL` for a password, `Access key ID,Secret access key` for a key, and the older one that holds both. It is
 * the older one here, always: a person gets one file, and `aws configure import` reads it (which the newer key file,
 * without a user name, does not get through; aws-cli issue 7753). Lines end in CRLF, as AWS's do.
 */
export function credentialsCsv(credentials: CsvCredentials): string {
  const { userName, password, accessKeyId, secretAccessKey, consoleUrl } = credentials
  const row = [userName, password, accessKeyId, secretAccessKey, consoleUrl]
  return [header, row.map((field) => quoted(field ?? ''))].map((fields) => `${fields.join(',')}\r\n`).join('')
}

/** A new file for secrets, opened before there are any, so that no secret is made that could not be kept. */
export type SecretFile = {
  readonly path: string
  /** Writes the text, on disk when it resolves. */
  readonly save: (text: string) => Promise<void>
  /** Takes the file away again, if nothing was saved. */
  readonly discard: () => Promise<void>
}

/** Makes the file with mode 0600. A file that is there is never written over: it may hold somebody's only copy. */
export async function createSecretFile(path: string): Promise<SecretFile> {
  const file = await openNew(path)
  return {
    path,
    async save(text) {
      try {
        await file.writeFile(text)
        await file.sync()
      } finally {
        await file.close()
      }
      await syncFolder(dirname(path))
    },
    async discard() {
      await file.close()
      await unlink(path)
    },
  }
}

const header = ['User name', 'Password', 'Access key ID', 'Secret access key', 'Console login link']

// RFC 4180, section 2.
function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600)
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new Failure(exists ? `\`${path}\` is there already` : `cannot write \`${path}\`: ${reasonOf(error)}`, {
      remedy: 'give another file to `--credentials-csv`',
      cause: error,
    })
  }
}
