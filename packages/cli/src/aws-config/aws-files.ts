import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import { Failure, reasonOf } from '../failure.ts'
import type { ProfileFile } from './profile.ts'

/** Where the AWS config and credentials files lie: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, or `~/.aws`. */
export function awsFilePaths(env: Readonly<Record<string, string | undefined>>): Record<ProfileFile, string> {
  return {
    config: env['AWS_CONFIG_FILE'] ? expandHome(env['AWS_CONFIG_FILE']) : join(homedir(), '.aws', 'config'),
    credentials: env['AWS_SHARED_CREDENTIALS_FILE']
      ? expandHome(env['AWS_SHARED_CREDENTIALS_FILE'])
      : join(homedir(), '.aws', 'credentials'),
  }
}

/** Both files' texts; a file that is not there is empty. Bytes are kept one to one as latin1 characters. */
export async function readAwsFiles(paths: Readonly<Record<ProfileFile, string>>): Promise<Record<ProfileFile, string>> {
  const [config, credentials] = await Promise.all([readOrEmpty(paths.config), readOrEmpty(paths.credentials)])
  return { config, credentials }
}

/** The text of one such file. */
export async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw new Failure(`cannot read \`${path}\`: ${reasonOf(error)}`, { cause: error })
  }
}

// botocore expands `~` in the two variables; shells do not always.
function expandHome(path: string): string {
  return /^~(?=\/|$)/.test(path) ? join(homedir(), path.slice(1)) : path
}
