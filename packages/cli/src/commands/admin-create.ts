import { Option, type Command } from 'commander'

import { assertValidRequest, parseTag, type AdminRequest, type RootLock } from '../admin/admin-request.ts'
import type { Tag } from '../account/account-api.ts'
import { createAdministrator } from '../admin/create-administrator.ts'
import { removeAdministrator } from '../admin/remove-administrator.ts'
import { isProfileName } from '../aws-config/profile.ts'
import type { CommandDefinition, CommandSession } from '../command.ts'
import { wrongUsage } from '../failure.ts'
import { interruptibly } from '../interruptibly.ts'
import { resolveTarget, type TargetOptions } from '../target.ts'
import { declareTargetOptions } from '../target-options.ts'

/** `iamd admin create NAME`: from an account to an administrator in six steps, on iamd or on AWS. */
export const adminCreate: CommandDefinition = {
  examples: [
    { want: 'an administrator on the local iamd, with a password and an access key', type: 'iamd admin create alice' },
    {
      want: 'the first one of a new account: key into ~/.aws, root key deleted once the new one works',
      type: 'iamd admin create alice --profile root --write-profile alice --lock-root',
    },
    {
      want: "without questions, with the secrets in a file in the AWS console's format",
      type: 'iamd admin create alice --yes --credentials-csv alice.csv --output json',
    },
    {
      want: 'a person who signs in to the console only, with a password to be changed at once',
      type: 'pass show alice | iamd admin create alice --no-programmatic --password-stdin --require-password-reset --yes',
    },
    { want: 'the same on AWS itself', type: 'iamd admin create alice --aws --profile root' },
    { want: 'take away again what the command made', type: 'iamd admin create alice --undo' },
  ],
  declare(command) {
    command
      .description(
        'Makes a user with AdministratorAccess: the group if it is missing, the policy on it, the user, a password, an ' +
          'access key. Shows what is there and what will be made, asks, makes only what is missing, and shows or saves ' +
          'each secret once. Run again, it changes nothing.',
      )
      .argument('<NAME>', 'name of the user')
    declareUserOptions(command)
    declareSecretOptions(command)
    declareTargetOptions(command)
  },
  run: (command, session) => run({ ...command.opts<Options>(), name: command.args[0] ?? '' }, session),
}

type Options = TargetOptions & {
  readonly name: string
  readonly group: string
  readonly path: string
  readonly tag?: readonly Tag[]
  readonly console: boolean
  readonly programmatic: boolean
  readonly passwordStdin?: boolean
  readonly passwordPrompt?: boolean
  readonly requirePasswordReset?: boolean
  readonly credentialsCsv?: string
  readonly writeProfile?: string
  readonly overwriteProfile?: boolean
  readonly lockRoot?: RootLock
  readonly undo?: boolean
  readonly yes?: boolean
}

function declareUserOptions(command: Command): void {
  command
    .option('--group <name>', 'group that carries AdministratorAccess', 'Administrators')
    .option('--path <path>', 'path of the user', '/')
    .option('--tag <key=value>', 'tag of the user; may be repeated', (text, tags: readonly Tag[] | undefined) => [
      ...(tags ?? []),
      parseTag(text),
    ])
    .option('--no-console', 'without a password')
    .option('--no-programmatic', 'without an access key')
    .addOption(lockRootOption())
    .option('--undo', 'take away what this command made, after showing it')
    .option('--yes', 'do not ask')
}

function declareSecretOptions(command: Command): void {
  command
    .option('--password-stdin', "read the password from standard input; default: generate it by the account's rules")
    .option('--password-prompt', 'ask for the password at the terminal')
    .option('--require-password-reset', 'the user must change the password at the first sign-in')
    .option('--credentials-csv <file>', "save the secrets in a new file (0600, AWS's format) instead of showing them")
    .option('--write-profile <name>', 'save the access key as a profile of the AWS config files instead of showing it')
    .option('--overwrite-profile', 'replace a profile that is there')
}

function lockRootOption(): Option {
  return new Option('--lock-root [how]', 'lock the root access keys, once the new key has proved to work')
    .choices(['delete', 'deactivate'])
    .preset('delete')
}

async function run(options: Options, session: CommandSession): Promise<void> {
  const request = requestOf(options)
  const target = await resolveTarget(options, session.io.env)
  // The SDK costs more time to import than everything else of this command together.
  const { openSdkAccount } = await import('../account/sdk-account.ts')
  const parts = { api: openSdkAccount(target), target, session, isConfirmed: options.yes === true }
  if (options.undo === true) {
    await removeAdministrator(request.userName, parts)
    return
  }
  // So that what was made can be told.
  await interruptibly((signal) => createAdministrator(request, { ...parts, signal }))
}

function requestOf(options: Options): AdminRequest {
  assertConsistent(options)
  const request: AdminRequest = {
    userName: options.name,
    groupName: options.group,
    path: options.path,
    tags: options.tag ?? [],
    wantsConsole: options.console,
    wantsProgrammatic: options.programmatic,
    passwordFrom: options.passwordStdin ? 'standard input' : options.passwordPrompt ? 'prompt' : 'generator',
    requiresPasswordReset: options.requirePasswordReset === true,
    csvPath: options.credentialsCsv,
    profile:
      options.writeProfile === undefined
        ? undefined
        : { name: options.writeProfile, mayOverwrite: options.overwriteProfile === true },
    rootLock: options.lockRoot,
  }
  assertValidRequest(request)
  return request
}

function assertConsistent(options: Options): void {
  const { console, programmatic, passwordStdin, passwordPrompt, requirePasswordReset, writeProfile, lockRoot } = options
  const passwordOption = passwordStdin || passwordPrompt || requirePasswordReset
  if (!console && !programmatic)
    throw wrongUsage('`--no-console` and `--no-programmatic` leave no way in', 'give one of them')
  if (!console && passwordOption) throw wrongUsage('`--no-console` makes no password', 'leave the password options out')
  if (passwordStdin && passwordPrompt)
    throw wrongUsage('`--password-stdin` and `--password-prompt` are two passwords', 'give one of them')
  if (passwordStdin && !options.yes && !options.undo) {
    throw wrongUsage('with `--password-stdin` nobody can be asked to confirm', 'add `--yes`')
  }
  if (!programmatic && writeProfile !== undefined)
    throw wrongUsage('`--no-programmatic` makes no key for `--write-profile`', 'give one of them')
  if (!programmatic && lockRoot !== undefined)
    throw wrongUsage(
      '`--no-programmatic` makes no key that could prove to work before `--lock-root`',
      'give one of them',
    )
  if (writeProfile !== undefined && !isProfileName(writeProfile)) {
    throw wrongUsage(`\`${writeProfile}\` is not a profile name`, 'use letters, digits and - _ . @ + % : /')
  }
  if (options.undo && (lockRoot !== undefined || writeProfile !== undefined || options.credentialsCsv !== undefined)) {
    throw wrongUsage('`--undo` takes away and makes nothing', 'leave the options for making out')
  }
}
