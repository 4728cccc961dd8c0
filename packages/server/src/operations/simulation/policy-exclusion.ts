/** PolicyExclusionList: which stored policies a simulation leaves out. */
import type { Fault, PolicyIdentifier, PolicyIdentifierPolicyType } from '@iamd/wire'
import { accountOfArn } from '../../account/arns.ts'
import type { EntityPolicy } from '../../catalogue/entity-policies.ts'

export interface PolicyExclusion {
  readonly excludesPolicy: (policy: EntityPolicy) => boolean
  readonly excludesBoundary: boolean
}

type MakeError = (code: 'InvalidInput', message: string) => Fault

/** The sentences of its faults are ours: AWS's were not seen. */
export function readExclusions(identifiers: readonly PolicyIdentifier[], error: MakeError): PolicyExclusion {
  const matchers = identifiers.map((identifier) => matcherOf(identifier, error))
  return {
    excludesPolicy: (policy) => matchers.some((matches) => matches(policy)),
    excludesBoundary: identifiers.some(({ PolicyType }) => PolicyType === 'permission-boundary'),
  }
}

type Matches = (policy: EntityPolicy) => boolean

function matcherOf(identifier: PolicyIdentifier, error: MakeError): Matches {
  const { PolicyType, PolicyArn, InlinePolicyIdentifier: inline } = identifier
  if (Object.values(identifier).filter((member) => member !== undefined).length !== 1) {
    throw error(
      'InvalidInput',
      'A policy identifier must be exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier.',
    )
  }
  if (PolicyArn !== undefined) return arnMatcher(PolicyArn, error)
  if (inline !== undefined) {
    const matchesOwner = wildcardMatcher(inline.AttachmentName, error)
    return ({ kind, name, owner }) =>
      kind === 'inline' &&
      owner.kind === inline.AttachmentType &&
      name === inline.PolicyName &&
      matchesOwner(owner.name)
  }
  return PolicyType === undefined ? () => false : TYPES[PolicyType]
}

/** Boundaries are told by themselves; policies of organizations are none of an entity's, and naming them is no error. */
const TYPES: Readonly<Record<PolicyIdentifierPolicyType, Matches>> = {
  inline: ({ kind }) => kind === 'inline',
  'aws-managed': (policy) => isManagedBy('aws', policy),
  'user-managed': (policy) => policy.kind === 'managed' && !isManagedBy('aws', policy),
  'permission-boundary': () => false,
  scp: () => false,
  rcp: () => false,
}

function isManagedBy(owner: string, { arn }: EntityPolicy): boolean {
  return arn !== undefined && accountOfArn(arn) === owner
}

const MANAGED_ARN = /^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@*?/-]+$/

/** Observed: the path of a policy has no part in this, neither the stored one nor one that the identifier gives. */
function arnMatcher(pattern: string, error: MakeError): Matches {
  if (!MANAGED_ARN.test(pattern)) throw invalidIdentifier(pattern, error)
  const matches = wildcardMatcher(pattern, error)
  return ({ arn, name }) => arn !== undefined && matches(`${arn.slice(0, arn.indexOf('/') + 1)}${name}`)
}

/** API reference, PolicyIdentifier: one `*` at most, for any characters or none, and any number of `?`, for one character each. */
function wildcardMatcher(pattern: string, error: MakeError): (text: string) => boolean {
  const [start = '', end, ...more] = pattern.split('*')
  if (more.length > 0) throw invalidIdentifier(pattern, error)
  if (end === undefined) return (text) => isLike(text, pattern)
  return (text) =>
    text.length >= start.length + end.length &&
    isLike(text.slice(0, start.length), start) &&
    isLike(text.slice(text.length - end.length), end)
}

function isLike(text: string, pattern: string): boolean {
  if (text.length !== pattern.length) return false
  for (let at = 0; at < text.length; at += 1) if (pattern[at] !== '?' && pattern[at] !== text[at]) return false
  return true
}

function invalidIdentifier(pattern: string, error: MakeError): Fault {
  return error('InvalidInput', `Invalid policy identifier: ${pattern}`)
}
