import { writeProfile, type KeyProfile } from '../aws-config/write-profile.ts'
import type { Secrets } from './apply-plan.ts'
import { credentialsCsv, type SecretFile } from './credentials-csv.ts'

/** Where secrets can go, and what a credentials file says beside them. */
export type Sinks = {
  readonly csv: SecretFile | undefined
  readonly profile: ProfileSink | undefined
  readonly userName: string
  readonly consoleUrl: string | undefined
}

export type ProfileSink = Omit<KeyProfile, 'accessKeyId' | 'secretAccessKey'> & {
  readonly paths: { readonly config: string; readonly credentials: string }
}

/** What became of the secrets. */
export type Delivery = {
  /** Those that were saved nowhere, and that the caller must show now. */
  readonly toShow: Secrets
  readonly csvPath: string | undefined
  readonly profileName: string | undefined
  readonly problems: readonly Error[]
}

/**
 * Saves each secret where it was asked for. One that is saved is not shown as well; one that could not be saved is
 * left to be shown, because nobody can read it again.
 */
export async function deliverSecrets(secrets: Secrets, sinks: Sinks): Promise<Delivery> {
  const problems: Error[] = []
  const csvPath = await attempt(problems, () => saveCsv(secrets, sinks))
  const profileName = await attempt(problems, () => saveProfile(secrets, sinks.profile))
  const isKeyKept = csvPath !== undefined || profileName !== undefined
  return {
    toShow: {
      password: csvPath === undefined ? secrets.password : undefined,
      accessKey: isKeyKept ? undefined : secrets.accessKey,
    },
    csvPath,
    profileName,
    problems,
  }
}

async function attempt<T>(problems: Error[], save: () => Promise<T>): Promise<T | undefined> {
  try {
    return await save()
  } catch (error) {
    problems.push(error instanceof Error ? error : new Error(String(error)))
    return undefined
  }
}

async function saveCsv(
  { password, accessKey }: Secrets,
  { csv, userName, consoleUrl }: Sinks,
): Promise<string | undefined> {
  if (csv === undefined) return undefined
  if (password === undefined && accessKey === undefined) {
    await csv.discard()
    return undefined
  }
  const key = { accessKeyId: accessKey?.id, secretAccessKey: accessKey?.secret }
  await csv.save(credentialsCsv({ userName, password, ...key, consoleUrl }))
  return csv.path
}

async function saveProfile({ accessKey }: Secrets, sink: ProfileSink | undefined): Promise<string | undefined> {
  if (sink === undefined || accessKey === undefined) return undefined
  const { paths, ...profile } = sink
  await writeProfile(paths, { ...profile, accessKeyId: accessKey.id, secretAccessKey: accessKey.secret })
  return profile.name
}
