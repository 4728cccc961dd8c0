import type { Command } from 'commander'

/** Declares the options that `resolveTarget` reads: which service, whose credentials. */
export function declareTargetOptions(command: Command): void {
  command
    .option('--endpoint-url <url>', 'the service to act on; default: AWS_ENDPOINT_URL, the profile, the local iamd')
    .option('--profile <name>', 'profile whose credentials sign; default: as the AWS SDKs have it')
    .option('--region <region>', 'default: AWS_REGION, the profile, us-east-1')
    .option('--aws', 'act on AWS itself')
}
