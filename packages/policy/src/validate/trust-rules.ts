/**
 * Rules for trust policies of roles. The sentences are CreateRole's, as recorded; which of several it finds first is known
 * only in that the parser's come before those about names.
 */
import { lowerCaseAscii } from '../ascii.ts'
import type { PolicyDocument, PrincipalElement } from '../document/policy-document.ts'
import { noUnscopedProviders } from './provider-rules.ts'
import { isPrincipal, PRINCIPAL_TYPES } from './principal-format.ts'
import {
  effectsAreExact,
  elementsArePresent,
  noAllowForOthers,
  principalTypesExist,
  sidsDiffer,
} from './resource-rules.ts'
import { type Report, type Rule, statementsOf, valuesOf } from './rule.ts'

export const TRUST_RULES: readonly Rule[] = [
  effectsAreExact,
  // Recorded: a policy of permissions, which has resources and no principals, is refused for its resources.
  noResources,
  elementsArePresent(['principal', 'action']),
  principalTypesExist,
  sidsDiffer,
  noNotResources,
  noAllowForOthers,
  noNotPrincipals,
  actionsAssumeRoles,
  trustedPrincipalsAreWellFormed,
  noUnscopedProviders,
]

/** The resource of a trust policy is the role that it belongs to. */
function noResources(document: PolicyDocument, report: Report): void {
  reportResources(document, report, { name: 'Resource', message: 'Has prohibited field Resource' })
}

function noNotResources(document: PolicyDocument, report: Report): void {
  reportResources(document, report, { name: 'NotResource', message: 'AssumeRole policy must not contain resources.' })
}

function reportResources(
  document: PolicyDocument,
  report: Report,
  { name, message }: { readonly name: 'Resource' | 'NotResource'; readonly message: string },
): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.resource?.name !== name) continue
    const detail = `\`${name}\` has no place in a trust policy, which is about its role`
    report({ code: 'Resource', message, detail, offset: statement.resource.offset, path: `${path}.${name}` })
  }
}

function noNotPrincipals(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { effect, principal } = statement
    if (effect.value !== 'Deny' || principal?.isComplement !== true) continue
    const message = 'AssumeRole policy must not contain NotPrincipal field.'
    const detail = '`NotPrincipal` has no place in a trust policy'
    report({ code: 'NotPrincipal', message, detail, offset: principal.offset, path: `${path}.NotPrincipal` })
  }
}

/** Actions of STS that have to do with becoming a role, in lower case (service authorization reference of STS). */
const ASSUMING_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:setcontext',
  'sts:setsourceidentity',
  'sts:tagsession',
])

/** Wildcards are refused too, `sts:*` among them. */
function actionsAssumeRoles(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'action')) {
    if (ASSUMING_ACTIONS.has(lowerCaseAscii(text.value))) continue
    const message = 'AssumeRole policy may only specify STS AssumeRole actions.'
    const detail = `\`${text.value}\` is no action of assuming a role`
    report({ code: 'NoAssumeRoleAction', message, detail, offset: text.offset, path })
  }
}

function trustedPrincipalsAreWellFormed(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { principal } = statement
    if (principal === undefined) continue
    const place = `${path}.${principal.name}`
    if (principal.types.length > 0 && principal.principals.length === 0) {
      const detail = `\`${principal.name}\` has types and no names`
      report({ code: 'MalformedPrincipal', message: NO_PRINCIPALS, detail, offset: principal.offset, path: place })
    }
    for (const { type, value } of principal.principals) {
      const message = principalFault(type, value.value)
      if (message === undefined) continue
      const detail = `\`${value.value}\` is no principal of the type \`${type}\` that a role may trust`
      report({ code: 'MalformedPrincipal', message, detail, offset: value.offset, path: `${place}.${type}` })
    }
  }
}

type Principal = PrincipalElement['principals'][number]

const NO_PRINCIPALS =
  'Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!'

/** Of these types no principal can assume a role; `{"AWS": "*"}` can, and means everyone but federated callers and services. */
const UNTRUSTED_TYPES: ReadonlySet<Principal['type']> = new Set(['*', 'CanonicalUser'])

function principalFault(type: string, text: string): string | undefined {
  const name = `"${PRINCIPAL_TYPES.get(type) ?? type}":"${text}"`
  if (UNTRUSTED_TYPES.has(type)) return `AssumeRolepolicy contained an invalid principal: ${name}.`
  if (isPrincipal(type, text)) return undefined
  if (type === 'Federated') return 'Federated principals must be valid domain names or SAML metadata ARNs'
  return `Invalid principal in policy: ${name}`
}
