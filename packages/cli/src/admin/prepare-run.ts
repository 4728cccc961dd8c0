// Everything that can go wrong without the account's doing is found here, before anything is made.
import type { AccessKeyPair } from '../account/account-api.ts'
import { awsFilePaths, readAwsFiles } from '../aws-config/aws-files.ts'
import { readSection, sectionOf } from '../aws-config/profile.ts'
import { assertReplaceable } from '../aws-config/replace-file.ts'
import { findProfileConflict } from '../aws-config/write-profile.ts'
import type { CommandSession } from '../command.ts'
import { Failure, wrongUsage } from '../failure.ts'
import type { Target } from '../target.ts'
import type { AccountState } from './account-state.ts'
import type { AdminRequest } from './admin-request.ts'
import type { NewPassword } from './apply-plan.ts'
import type { ProfileSink } from './deliver-secrets.ts'
import { obtainPassword } from './obtain-password.ts'
import type { Plan } from './plan.ts'

/** What a run needs beside its plan. */
export type Preparation = {
  readonly password: NewPassword | undefined
  readonly profile: ProfileSink | undefined
  /** A key of the user whose secret is known from the profile, where the run makes none. */
  readonly knownKey: AccessKeyPair | undefined
}

/** What there is to prepare for. */
export type PreparationParts = {
  readonly request: AdminRequest
  readonly state: AccountState
  readonly plan: Plan
  readonly target: Target
  readonly session: CommandSession
}

/** Checks what the run will need and gets its password. Changes nothing; throws a `Failure` if something is wrong. */
export async function prepareRun(parts: PreparationParts): Promise<Preparation> {
  const { request, state, plan, session } = parts
  const makesKey = plan.missing.some(({ kind }) => kind === 'access key')
  const makesPassword = plan.missing.some(({ kind }) => kind === 'password')
  const locksRoot = plan.rootLock !== undefined && plan.rootLock.accessKeyIds.length > 0
  if (locksRoot && makesKey) assertKeyIsSaved(parts)
  return {
    profile: makesKey ? await prepareProfile(parts) : undefined,
    knownKey: locksRoot && !makesKey ? await findKnownKey(parts) : undefined,
    password: makesPassword ? await obtainPassword(request.passwordFrom, state.passwordPolicy, session) : undefined,
  }
}

// With JSON the secrets are printed at the very end, when root is locked already: a crash in between would leave
// nobody with a key.
function assertKeyIsSaved({ request, session }: PreparationParts): void {
  if (session.terminal.format === 'text' || request.csvPath !== undefined || request.profile !== undefined) return
  throw wrongUsage(
    '`--lock-root` with `--output json` needs the new key saved first',
    'add `--credentials-csv FILE` or `--write-profile NAME`',
  )
}

async function prepareProfile({ request, target, session }: PreparationParts): Promise<ProfileSink | undefined> {
  if (request.profile === undefined) return undefined
  const paths = awsFilePaths(session.io.env)
  const { name, mayOverwrite } = request.profile
  const { endpointUrl, region } = target
  const conflict = mayOverwrite ? undefined : findProfileConflict(await readAwsFiles(paths), { name, endpointUrl })
  if (conflict !== undefined) {
    throw new Failure(`profile \`${name}\` is there with other settings, in the ${conflict}`, {
      remedy: 'choose another name, or add `--overwrite-profile`; nothing was changed',
    })
  }
  await Promise.all([assertReplaceable(paths.config), assertReplaceable(paths.credentials)])
  return { paths, name, region, endpointUrl }
}

async function findKnownKey({ request, state, session }: PreparationParts): Promise<AccessKeyPair> {
  const { credentials } = await readAwsFiles(awsFilePaths(session.io.env))
  const name = request.profile?.name
  const values = name === undefined ? undefined : readSection(credentials, sectionOf('credentials', name, credentials))
  const id = values?.get('aws_access_key_id')
  const secret = values?.get('aws_secret_access_key')
  const isOfUser = state.user?.accessKeys.some((key) => key.id === id) === true
  if (id !== undefined && secret !== undefined && isOfUser) return { id, secret }
  throw new Failure(
    `\`--lock-root\` needs a key of \`${request.userName}\` that is proved to work, and this run makes none`,
    {
      remedy: 'name the profile that holds its key with `--write-profile NAME`; nothing was changed',
    },
  )
}
