/** The options of `iamd policy simulate` that say what is asked, and of which policies. */
import { Option, type Command } from 'commander'
import type { Principal } from '@iamd/policy'

import { wrongUsage } from '../failure.ts'
import type { CommandIo } from '../terminal.ts'
import { isActionName } from './action-name.ts'
import { parseCaller, someUser } from './caller.ts'
import { readPolicyFile, type PolicyFile } from './policy-file.ts'
import { type PolicySources, type ResourcePolicyKind, resourcePolicyKinds } from './policy-sources.ts'

/** As they were typed. */
export type SimulateOptions = {
  readonly action: readonly string[]
  readonly resource?: readonly string[]
  readonly context?: Readonly<Record<string, string | readonly string[]>>
  readonly caller?: string
  readonly callerId?: string
  readonly federatedBy?: string
  readonly managementAccount?: boolean
  readonly resourceAccount?: string
  readonly resourceManagementAccount?: boolean
  readonly resourcePolicyKind: ResourcePolicyKind
} & PolicyOptions

type PolicyOptions = {
  readonly policy?: readonly string[]
  readonly boundary?: string
  readonly sessionPolicy?: readonly string[]
  readonly scp?: readonly (readonly string[])[]
  readonly rcp?: readonly (readonly string[])[]
  readonly resourcePolicy?: string
  readonly endpointPolicy?: string
}

/** Declares who asks for what. */
export function declareQuestion(command: Command): void {
  command
    .requiredOption('--action <action...>', 'what is asked for, such as `s3:GetObject`', addAction)
    .option('--resource <arn...>', 'on what; default: `*`, as of an action that has no resource')
    .option('--context <key=value>', 'a condition key of the request; repeated with one key, its values', addContext)
    .option('--caller <arn>', `user, role, session, root, service, provider or \`anonymous\`; default: ${someUser}`)
    .option('--caller-id <id>', 'unique id of the user or role (AIDA..., AROA...)')
    .option('--federated-by <arn>', 'user that asked for the session of a federated user; default: the root user')
    .option('--management-account', "the caller's account manages its organization")
    .option('--resource-account <number>', "account that owns the resource; default: the caller's")
    .option('--resource-management-account', 'that account manages its organization')
}

/** Declares the policies that have a say. */
export function declarePolicies(command: Command): void {
  command
    .option('--policy <file...>', 'identity-based policies of the caller and its groups; `-` is standard input')
    .option('--boundary <file>', 'permissions boundary of the caller')
    .option('--session-policy <file...>', 'policies that the session was made with')
    .option(
      '--scp <files>',
      "a level of service control policies (comma-separated files), from the root's down",
      addLevel,
    )
    .option('--rcp <files>', 'a level of resource control policies', addLevel)
    .option('--resource-policy <file>', 'policy of the resource')
    .addOption(
      new Option('--resource-policy-kind <kind>', "what it is: a bucket's, a KMS key's, or a role's")
        .choices(resourcePolicyKinds)
        .default('grants'),
    )
    .option('--endpoint-policy <file>', 'policy of the VPC endpoint that the request came through')
}

/** Reads the files. Throws wrong usage where one cannot be read. */
export async function readSources(options: PolicyOptions, io: CommandIo): Promise<PolicySources> {
  const read = (name: string): Promise<PolicyFile> => readPolicyFile(name, io)
  const readAll = (names: readonly string[]): Promise<PolicyFile[]> => Promise.all(names.map(read))
  const readLevels = (levels: readonly (readonly string[])[]): Promise<PolicyFile[][]> =>
    Promise.all(levels.map(readAll))
  const { policy, boundary, sessionPolicy, scp, rcp, resourcePolicy, endpointPolicy } = options
  return {
    identity: policy && (await readAll(policy)),
    boundary: boundary === undefined ? undefined : await read(boundary),
    session: sessionPolicy && (await readAll(sessionPolicy)),
    serviceControl: scp && (await readLevels(scp)),
    resourceControl: rcp && (await readLevels(rcp)),
    resource: resourcePolicy === undefined ? undefined : await read(resourcePolicy),
    endpoint: endpointPolicy === undefined ? undefined : await read(endpointPolicy),
  }
}

/** Who asks. Throws wrong usage. */
export function callerOf({ caller = someUser, callerId, federatedBy, managementAccount }: SimulateOptions): Principal {
  return parseCaller(caller, { id: callerId, federatedBy, isManagementAccount: managementAccount })
}

/** The account of the option. Throws wrong usage for what is no account number. */
export function resourceAccountOf({ resourceAccount }: SimulateOptions): string | undefined {
  if (resourceAccount === undefined || /^\d{12}$/.test(resourceAccount)) return resourceAccount
  throw wrongUsage(`\`${resourceAccount}\` is no account number`, 'give its twelve digits')
}

function addAction(text: string, known: readonly string[] | undefined): readonly string[] {
  if (!isActionName(text))
    throw wrongUsage(`\`${text}\` is no action`, 'give its service and name, as in `s3:GetObject`')
  return [...(known ?? []), text]
}

type Context = Readonly<Record<string, string | readonly string[]>>

function addContext(text: string, known: Context | undefined): Context {
  const end = text.indexOf('=')
  if (end < 1) throw wrongUsage(`\`--context ${text}\` has no \`key=value\``)
  const [key, value] = [text.slice(0, end), text.slice(end + 1)]
  const before = known !== undefined && Object.hasOwn(known, key) ? known[key] : undefined
  return { ...known, [key]: before === undefined ? value : [before, value].flat() }
}

function addLevel(text: string, levels: readonly (readonly string[])[] | undefined): readonly (readonly string[])[] {
  return [...(levels ?? []), text.split(',')]
}
