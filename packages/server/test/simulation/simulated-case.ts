import type { ContextEntry, SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam'
import { lowerCaseAscii, parsePolicy, type PolicyKind, validatePolicy } from '@iamd/policy'
import type { DecisionCase, Document } from './decision-cases.ts'

/** Undefined when a simulation has no way to say what the case is about. */
export function simulationOf({
  request,
  policies,
  resourcePolicyKind = 'grants',
}: DecisionCase): SimulateCustomPolicyCommandInput | undefined {
  const { caller, action, resource, resourceAccount } = request
  const { session, resourceControl, endpoint, serviceControl, boundary, resource: resourcePolicy } = policies
  const { arn: callerArn, id: callerId = '', accountId } = caller
  if (
    caller.kind !== 'user' ||
    callerArn === undefined ||
    caller.isManagementAccount === true ||
    resourcePolicyKind !== 'grants'
  )
    return undefined
  if (session !== undefined || resourceControl !== undefined || endpoint !== undefined) return undefined
  // Without the resource's policy, another account's say is no part of a simulation.
  if (resourceAccount !== undefined && resourcePolicy === undefined) return undefined
  if (serviceControl?.some((level) => level.length === 0) === true) return undefined
  const ContextEntries = entriesOf(request.context)
  const identity = [...(policies.identity ?? []), ...(policies.group ?? [])]
  if (ContextEntries === undefined || asksForTheSimulatorsOwn(request.context, JSON.stringify(policies)))
    return undefined
  const resourceText =
    resourcePolicy === undefined
      ? undefined
      : JSON.stringify(resourcePolicy).replaceAll(EVERYTHING, `"Resource":"${resource}"`)
  const isStorable =
    areStorable(texts([...identity, ...(boundary === undefined ? [] : [boundary])]), 'identity') &&
    areStorable(texts(serviceControl?.flat() ?? []), 'serviceControl') &&
    areStorable(resourceText === undefined ? [] : [resourceText], 'resource')
  if (!isStorable || !action.includes(':')) return undefined
  // Of the caller a simulation knows the ARN, and no id.
  if (resourceText?.includes(callerId) === true || resourceText?.includes('CanonicalUser') === true) return undefined
  return {
    PolicyInputList: texts(identity),
    PermissionsBoundaryPolicyInputList: boundary === undefined ? undefined : texts([boundary]),
    OrderedOrganizationPolicyInputList: serviceControl?.map((level) => ({
      ServiceControlPolicyInputList: texts(level),
    })),
    ActionNames: [action],
    ResourceArns: resource === '*' ? undefined : [resource],
    ...(resourceText === undefined
      ? {}
      : {
          ResourcePolicy: resourceText,
          ResourceOwner: `arn:aws:iam::${resourceAccount ?? accountId}:root`,
        }),
    CallerArn: callerArn,
    ContextEntries,
  }
}

/** A simulation's policy of a resource must name one, and all resources of a simulation have it: the one that is asked about. */
const EVERYTHING = '"Resource":"*"'

/** The characters of policyDocumentType (IAM API Reference). */
const DOCUMENT = /^[\t\n\r -\u00ff]+$/

/** A simulation takes no policy that could not be stored. */
function areStorable(policies: readonly string[], kind: PolicyKind): boolean {
  return policies.every((text) => {
    const parsed = parsePolicy(text)
    return (
      DOCUMENT.test(text) &&
      parsed.ok &&
      validatePolicy(parsed.document, kind).every(({ severity }) => severity !== 'error')
    )
  })
}

function texts(policies: readonly Document[]): string[] {
  return policies.map((policy) => JSON.stringify(policy))
}

/** A key of a simulation has five characters at least, and a value at least. */
function entriesOf(context: DecisionCase['request']['context']): ContextEntry[] | undefined {
  const entries = Object.entries(context).map(([ContextKeyName, value]): ContextEntry => {
    if (typeof value === 'string') return { ContextKeyName, ContextKeyType: 'string', ContextKeyValues: [value] }
    return { ContextKeyName, ContextKeyType: 'stringList', ContextKeyValues: [...value] }
  })
  const isSaid = entries.every(
    ({ ContextKeyName = '', ContextKeyValues = [] }) => ContextKeyName.length >= 5 && ContextKeyValues.length > 0,
  )
  return isSaid ? entries : undefined
}

const SIMULATORS_OWN = ['aws:principalarn', 'aws:principalaccount', 'aws:userid', 'aws:username']

/** Whether the case relies on the absence of a key that the simulator supplies. */
function asksForTheSimulatorsOwn(context: DecisionCase['request']['context'], policies: string): boolean {
  const given = new Set(Object.keys(context).map(lowerCaseAscii))
  const asked = lowerCaseAscii(policies)
  return SIMULATORS_OWN.some((key) => asked.includes(key) && !given.has(key))
}
