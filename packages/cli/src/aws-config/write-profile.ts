import { editSection } from './edit-section.ts'
import { readSection, sectionOf, type ProfileFile } from './profile.ts'
import { editSecretFile } from './replace-file.ts'

/** A profile with a long-term access key; without `endpointUrl` it is one of AWS itself. */
export type KeyProfile = {
  readonly name: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly endpointUrl: string | undefined
}

/**
 * What in the files would be lost or would win over the new keys if profile `name` were written: the first such
 * setting, as `file: key`. Undefined if there is nothing of the kind.
 */
export function findProfileConflict(
  texts: Readonly<Record<ProfileFile, string>>,
  { name, endpointUrl }: Pick<KeyProfile, 'name' | 'endpointUrl'>,
): string | undefined {
  for (const file of ['credentials', 'config'] as const) {
    const values = readSection(texts[file], sectionOf(file, name, texts[file]))
    const key = credentialSettings.find((setting) => values.has(setting))
    if (key !== undefined) return `${file} file: \`${key}\``
    const endpoint = values.get('endpoint_url')
    if (endpoint !== undefined && endpoint !== endpointUrl) return `${file} file: \`endpoint_url = ${endpoint}\``
  }
  return undefined
}

/**
 * Writes a profile: the keys into the credentials file, region and endpoint into the config file, where a region that
 * is there stays. Whatever else would give this profile other credentials is taken out of it. The config file goes
 * first, because it can fail without a secret being involved.
 */
export async function writeProfile(paths: Readonly<Record<ProfileFile, string>>, profile: KeyProfile): Promise<void> {
  await editSecretFile(paths.config, (text) => editConfig(text, profile))
  await editSecretFile(paths.credentials, (text) => editCredentials(text, profile))
}

// Settings that name credentials, by the SDKs' and Tools' reference guide. Those of the config file that are not the
// key itself would win over a key in the credentials file, or a session token would make it invalid.
const credentialSettings = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'role_arn',
  'source_profile',
  'credential_source',
  'credential_process',
  'web_identity_token_file',
  'sso_session',
  'sso_start_url',
  'sso_account_id',
  'sso_role_name',
  'login_session',
] as const

function editConfig(text: string, { name, region, endpointUrl }: KeyProfile): string {
  const section = sectionOf('config', name, text)
  const regionThere = readSection(text, section).get('region')
  return editSection(text, section, {
    ...Object.fromEntries(credentialSettings.map((setting) => [setting, undefined])),
    region: regionThere || region,
    endpoint_url: endpointUrl,
  })
}

function editCredentials(text: string, { name, accessKeyId, secretAccessKey }: KeyProfile): string {
  return editSection(text, sectionOf('credentials', name, text), {
    ...Object.fromEntries(credentialSettings.map((setting) => [setting, undefined])),
    endpoint_url: undefined,
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
  })
}
