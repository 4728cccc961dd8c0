import type { Target } from '../target.ts'
import type { AccountState } from './account-state.ts'

/** Where the user signs in: AWS's page of the account, or the console of the iamd at the endpoint. */
export function consoleUrl({ endpointUrl }: Target, { caller, alias }: Pick<AccountState, 'caller' | 'alias'>): string {
  if (endpointUrl !== undefined) return new URL('/console/', endpointUrl).href
  const [, partition = 'aws'] = caller.arn.split(':')
  const domain = signInDomains[partition] ?? 'signin.aws.amazon.com'
  return `https://${alias ?? caller.accountId}.${domain}/console`
}

const signInDomains: Readonly<Record<string, string>> = {
  'aws-cn': 'signin.amazonaws.cn',
  'aws-us-gov': 'signin.amazonaws-us-gov.com',
}
