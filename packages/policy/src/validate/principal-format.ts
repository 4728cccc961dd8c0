/** The forms of principals (IAM User Guide, "AWS JSON policy elements: Principal"). Whether one exists is not asked here. */
import { isPartition } from './resource-format.ts'

/** Keys of a Principal object, and what each calls its names in AWS's sentences. */
export const PRINCIPAL_TYPES: ReadonlyMap<string, string> = new Map([
  ['*', 'STAR'],
  ['AWS', 'AWS'],
  ['Service', 'SERVICE'],
  ['Federated', 'FEDERATED'],
  // The other names are recorded; this one was never seen.
  ['CanonicalUser', 'CANONICALUSER'],
])

/** Whether the text may stand for a principal of that type. Types that do not exist have no principals. */
export function isPrincipal(type: string, text: string): boolean {
  return FORMS.get(type)?.(text) ?? false
}

const FORMS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['*', (text: string) => text === '*'],
  ['AWS', isAwsPrincipal],
  ['Service', isServicePrincipal],
  ['Federated', isFederatedPrincipal],
  ['CanonicalUser', (text: string) => /^[0-9a-f]{64}$/.test(text)],
])

/** Everyone, an account, a user, a role, or a session; no group, and no wildcard within a name. */
function isAwsPrincipal(text: string): boolean {
  if (text === '*' || /^\d{12}$/.test(text) || /^(?:AIDA|AROA)[0-9A-Z]{12,124}$/.test(text)) return true
  return isArnOf(text, AWS_NAMES)
}

const AWS_NAMES: readonly RegExp[] = [
  /^iam::\d{12}:(?:root|user\/[^*?]+|role\/[^*?]+)$/,
  /^sts::\d{12}:(?:assumed-role\/[^*?/]+\/[^*?/]+|federated-user\/[^*?/]+)$/,
  // The origin access identities of CloudFront, in policies of buckets.
  /^iam::cloudfront:user\/[^*?]+$/,
]

/** A name in Amazon's domains. Region and partition may be part of it, a wildcard may not. */
function isServicePrincipal(text: string): boolean {
  return /^(?:[a-z0-9-]+\.)+(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|amazon\.com)$/.test(text)
}

function isFederatedPrincipal(text: string): boolean {
  return isArnOf(text, PROVIDERS) || /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text)
}

const PROVIDERS: readonly RegExp[] = [/^iam::\d{12}:(?:saml-provider\/[\w.-]+|oidc-provider\/[^*?\s]+)$/]

function isArnOf(text: string, forms: readonly RegExp[]): boolean {
  const [start, partition = '', ...rest] = text.split(':')
  if (start !== 'arn' || !isPartition(partition)) return false
  const name = rest.join(':')
  return forms.some((form) => form.test(name))
}
