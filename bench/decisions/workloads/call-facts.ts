import type { CallFacts } from './workload.ts'

export const ACCOUNT_ID = '111122223333'
export const USER_NAME = 'alice'

/** A call by alice, who signed in with MFA, from an office, over TLS. */
export const OFFICE_CALL: CallFacts = {
  accountId: ACCOUNT_ID,
  userName: USER_NAME,
  userId: 'AIDACKCEVSQ6C2EXAMPLE',
  userArn: `arn:aws:iam::${ACCOUNT_ID}:user/${USER_NAME}`,
  sourceIp: '192.0.2.17',
  region: 'eu-central-1',
  userAgent: 'aws-cli/2.31.0',
  time: '2026-11-22T12:00:00Z',
  isSecureTransport: true,
  hasMultiFactorAuth: true,
}
