import { awsFilePaths, readAwsFiles } from './aws-config/aws-files.ts'
import { readSection, sectionOf } from './aws-config/profile.ts'
import { wrongUsage } from './failure.ts'

/** Where `iamd start` listens unless told otherwise. */
export const localEndpointUrl = 'http://127.0.0.1:4263'

/** The service that a command acts on: an endpoint, or AWS itself where `endpointUrl` is undefined. */
export type Target = {
  readonly endpointUrl: string | undefined
  readonly region: string
  /** The profile whose credentials sign; undefined leaves the choice to the SDK's own order. */
  readonly profile: string | undefined
}

/** The options that name a target, as they were typed. */
export type TargetOptions = {
  readonly endpointUrl?: string
  readonly profile?: string
  readonly region?: string
  readonly aws?: boolean
}

/**
 * The target that options, environment and profile name, in this order, as the AWS CLI has it; with none of them the
 * local iamd. AWS itself is a target only by `--aws`: nothing that lies in the environment can make it one.
 */
export async function resolveTarget(
  options: TargetOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Target> {
  const profile = options.profile ?? env['AWS_PROFILE']
  const settings = await readProfileSettings(profile ?? 'default', env)
  const region =
    options.region || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || settings.get('region') || 'us-east-1'
  const target = { region, profile: options.profile }
  if (options.aws) {
    if (options.endpointUrl !== undefined) {
      throw wrongUsage('`--aws` and `--endpoint-url` name two different targets', 'give one of them')
    }
    return { ...target, endpointUrl: undefined }
  }
  const configured = env['AWS_ENDPOINT_URL_IAM'] || env['AWS_ENDPOINT_URL'] || settings.get('endpoint_url')
  return { ...target, endpointUrl: parseEndpoint(options.endpointUrl ?? configured ?? localEndpointUrl) }
}

/**
 * True for a host name of AWS's own, in any of its partitions.
 * Source: the partition table of the SDK's endpoint rules (`dnsSuffix` and `dualStackDnsSuffix`).
 */
export function isAwsHost(hostname: string): boolean {
  return awsDnsSuffixes.some((suffix) => hostname === suffix || hostname.endsWith(`.${suffix}`))
}

const awsDnsSuffixes = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'api.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
  'api.aws',
  'api.aws.hci.ic.gov',
  'api.aws.ic.gov',
  'api.aws.scloud',
  'api.cloud-aws.adc-e.uk',
  'c2s.ic.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
  'sc2s.sgov.gov',
]

async function readProfileSettings(
  profile: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, string>> {
  const { config } = await readAwsFiles(awsFilePaths(env))
  return readSection(config, sectionOf('config', profile, config))
}

function parseEndpoint(text: string): string {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw wrongUsage(`\`${text}\` is not an http or https endpoint`, `an example is ${localEndpointUrl}`)
  }
  if (isAwsHost(url.hostname)) {
    throw wrongUsage(`\`${text}\` is AWS itself`, 'say so with `--aws`, without an endpoint')
  }
  return url.href.replace(/\/$/, '')
}
