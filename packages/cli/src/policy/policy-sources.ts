import { compile, compilePolicy, type PoliciesInForce, type PolicySet } from '@iamd/policy'

import { parsedPolicy, type PolicyFile } from './policy-file.ts'

/** Policies by what they are to a request; what is absent does not apply. The names are those of the decision cases. */
export type PolicySources = {
  /** Of the user or role itself, inline and attached. */
  readonly identity?: readonly PolicyFile[] | undefined
  /** Of the user's groups. */
  readonly group?: readonly PolicyFile[] | undefined
  readonly boundary?: PolicyFile | undefined
  /** Given when the session was made. */
  readonly session?: readonly PolicyFile[] | undefined
  /** One list for each level above the caller's account, from the organization's root down to the account. */
  readonly serviceControl?: readonly (readonly PolicyFile[])[] | undefined
  /** The same for the account that owns the resource. */
  readonly resourceControl?: readonly (readonly PolicyFile[])[] | undefined
  readonly resource?: PolicyFile | undefined
  /** Of the VPC endpoint that the request came through. */
  readonly endpoint?: PolicyFile | undefined
}

/** What the resource's policy is: one that adds to what identities may do, one without which nobody may, or a role's trust. */
export const resourcePolicyKinds = ['grants', 'required', 'trust'] as const
export type ResourcePolicyKind = (typeof resourcePolicyKinds)[number]

/** Compiles what applies. Throws wrong usage for a file that is no policy. */
export function compileSources(sources: PolicySources, kind: ResourcePolicyKind): PoliciesInForce {
  const { identity, group, boundary, session, serviceControl, resourceControl, resource, endpoint } = sources
  const hasOwn = identity !== undefined || group !== undefined
  return {
    identity: hasOwn ? compiled([...(identity ?? []), ...(group ?? [])]) : undefined,
    boundary: boundary && compiled([boundary]),
    session: session && compiled(session),
    serviceControl: serviceControl?.map(compiled),
    resourceControl: resourceControl?.map((level) => compiled([...level, everythingByDefault])),
    resource: resourcePolicies(resource, kind),
    endpoint: endpoint && compiled([endpoint]),
  }
}

// A resource that needs a policy and has none is closed, and one that does not is as if there were no such kind of policy.
function resourcePolicies(resource: PolicyFile | undefined, kind: ResourcePolicyKind): PoliciesInForce['resource'] {
  if (resource === undefined && kind === 'grants') return undefined
  return { kind, policies: compiled(resource === undefined ? [] : [resource]) }
}

// A file that several sources name is parsed once.
const documents = new WeakMap<PolicyFile, ReturnType<typeof parsedPolicy>>()

function compiled(files: readonly PolicyFile[]): PolicySet {
  return compile(
    files.map((file) => {
      const document = documents.get(file) ?? parsedPolicy(file)
      documents.set(file, document)
      // `statementTree` shows lines where the policy is a file of its own.
      const attachedTo = file.hasLines ? file.name : 'the file that it stands in'
      return compilePolicy(document, { name: file.name, arn: undefined, attachedTo })
    }),
  )
}

/** RCPFullAWSAccess, which is attached to every level and cannot be detached (Organizations User Guide, "RCP evaluation"). */
const everythingByDefault: PolicyFile = {
  name: 'RCPFullAWSAccess',
  text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
  hasLines: false,
}
