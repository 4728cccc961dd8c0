/** What AWS says of the values of Resource and NotResource. Observed with CreatePolicy and PutRolePolicy. */

const PARTITIONS: ReadonlySet<string> = new Set([
  'aws',
  'aws-cn',
  'aws-eusc',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-us-gov',
])

/** As the sentence lists them. */
const IAM_PATHS = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
]

/** Resources that the service authorization reference has now and the sentence, as far as it was seen, does not. */
const NEWER_IAM_PATHS = ['root', 'u2f/', 'delegation-request/', 'assumed-role/', 'role-template/']

/** S3 resources that live in a region, as the service authorization reference has them; buckets and objects do not. */
const REGIONAL_S3_PATHS = [
  'accesspoint/',
  'job/',
  'storage-lens/',
  'storage-lens-group/',
  'access-grants/',
  'async-request/',
]

/** The sentence for what is wrong with the format, if anything. */
export function resourceFault(resource: string): string | undefined {
  if (resource === '*') return undefined
  const [, partition, service, region = '', account = '', ...rest] = resource.split(':')
  if (partition === undefined) return `Resource ${resource} must be in ARN format or "*".`
  if (partition !== '*' && !isPartition(partition)) return partitionFault(resource)
  if (service === undefined || /[*?]/.test(service)) {
    return 'Resource vendor must be fully qualified and cannot contain regexes.'
  }
  const path = rest.join(':')
  // A variable in front of the resource's part is text, and its colon shifts what follows: nothing is known of the path.
  if (service === 'iam') return iamFault({ resource, region, path: account.includes('${') ? '*' : path })
  if (service === 's3' && region !== '' && !mayStartWith(path, REGIONAL_S3_PATHS)) {
    return `Resource ${resource} can not contain region information.`
  }
  return undefined
}

/** Whether there is a partition of that name. */
export function isPartition(text: string): boolean {
  return PARTITIONS.has(text)
}

/** Whether AWS's older parser refuses a resource whose format is right. */
export function failsLegacyParsing(resource: string): boolean {
  if (resource === '*') return false
  const parts = resource.split(':')
  return parts[2] === '' || (parts.length < 6 && resource.includes('::'))
}

/** AWS fills what is missing with `*` and writes `arn` in front, whatever stands there. */
function partitionFault(resource: string): string {
  const [, partition = '', ...others] = resource.split(':')
  const [service, region = '*', account = '*', ...path] = others
  const filled = [
    'arn',
    partition,
    service === undefined || (service === '' && others.length === 1) ? '*' : service,
    region,
    account,
    path.length === 0 ? '*' : path.join(':'),
  ]
  return `Partition "${partition}" is not valid for resource "${filled.join(':')}".`
}

function iamFault(arn: {
  readonly resource: string
  readonly region: string
  readonly path: string
}): string | undefined {
  if (arn.region !== '') return `IAM resource ${arn.resource} cannot contain region information.`
  if (mayStartWith(arn.path, [...IAM_PATHS, ...NEWER_IAM_PATHS])) return undefined
  return `IAM resource path must either be "*" or start with ${IAM_PATHS.join(', ')}.`
}

/** Whether a pattern can match a text with one of these starts: up to the first wildcard or variable they must agree. */
function mayStartWith(pattern: string, starts: readonly string[]): boolean {
  const literal = /^[^*?$]*/.exec(pattern)?.[0] ?? ''
  const isOpen = literal.length < pattern.length
  return starts.some((start) => literal.startsWith(start) || (isOpen && start.startsWith(literal)))
}
