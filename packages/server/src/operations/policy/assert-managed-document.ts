import { policySizeWithoutWhitespace } from '@iamd/policy'
import type { Fault } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import { assertStorable } from '../../account/policy/policy-document.ts'
import { quota } from '../../account/quotas.ts'

type DocumentError = (code: 'MalformedPolicyDocument' | 'LimitExceeded', message: string) => Fault

/** Throws unless the text may be a version of a managed policy. "IAM doesn't count white space" (IAM and STS quotas). */
export function assertManagedDocument(account: AccountReader, text: string, error: DocumentError): void {
  assertStorable(text, { kind: 'managed', error })
  const sizeMax = quota(account, 'PolicySizeQuota')
  if (policySizeWithoutWhitespace(text) > sizeMax) {
    throw error('LimitExceeded', `Cannot exceed quota for PolicySize: ${sizeMax}`)
  }
}
