import type { PrincipalQuestion } from '../account/sdk-simulation.ts'
import { wrongUsage } from '../failure.ts'
import type { CommandIo } from '../terminal.ts'
import { parsedPolicy, readPolicyFile } from './policy-file.ts'
import { resourceAccountOf, type SimulateOptions } from './simulate-options.ts'

/** The options of a simulation that may be one of a service's principal. */
export type PrincipalOptions = SimulateOptions & { readonly principal?: string }

/** The question to a service. Throws wrong usage for what is no ARN, and for options that SimulatePrincipalPolicy has no place for. */
export async function principalQuestion(options: PrincipalOptions, io: CommandIo): Promise<PrincipalQuestion> {
  const foreign = foreignOptions.find(({ isGiven }) => isGiven(options))
  if (foreign !== undefined) {
    throw wrongUsage(`\`${foreign.name}\` is for policies in files`, 'leave it out, or `--principal`')
  }
  const { principal = '', policy = [], boundary, resourcePolicy } = options
  // The service would answer with the length that a text of this member must have.
  if (!principal.startsWith('arn:'))
    throw wrongUsage(`\`${principal}\` is no ARN`, 'give that of a user, group or role')
  const textOf = async (name: string): Promise<string> => {
    const file = await readPolicyFile(name, io)
    // A text that is no policy is better told with its line than by the service.
    parsedPolicy(file)
    return file.text
  }
  return {
    principalArn: principal,
    actions: options.action,
    resources: options.resource ?? ['*'],
    context: options.context ?? {},
    policies: await Promise.all(policy.map(textOf)),
    boundary: boundary === undefined ? undefined : await textOf(boundary),
    resourcePolicy: resourcePolicy === undefined ? undefined : await textOf(resourcePolicy),
    resourceAccount: resourceAccountOf(options),
    callerArn: options.caller,
  }
}

type ForeignOption = { readonly name: string; readonly isGiven: (options: PrincipalOptions) => boolean }

const foreignOptions: readonly ForeignOption[] = [
  { name: '--session-policy', isGiven: ({ sessionPolicy }) => sessionPolicy !== undefined },
  { name: '--scp', isGiven: ({ scp }) => scp !== undefined },
  { name: '--rcp', isGiven: ({ rcp }) => rcp !== undefined },
  { name: '--endpoint-policy', isGiven: ({ endpointPolicy }) => endpointPolicy !== undefined },
  { name: '--resource-policy-kind', isGiven: ({ resourcePolicyKind }) => resourcePolicyKind !== 'grants' },
  { name: '--caller-id', isGiven: ({ callerId }) => callerId !== undefined },
  { name: '--federated-by', isGiven: ({ federatedBy }) => federatedBy !== undefined },
  { name: '--management-account', isGiven: ({ managementAccount }) => managementAccount === true },
  {
    name: '--resource-management-account',
    isGiven: ({ resourceManagementAccount }) => resourceManagementAccount === true,
  },
]
