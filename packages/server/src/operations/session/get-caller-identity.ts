import { NO_PERMISSION_NEEDED, readOperation } from '../operation.ts'

/** Who the caller is. Works for every authenticated caller, even under an explicit deny (STS API Reference, GetCallerIdentity). */
export const GetCallerIdentity = readOperation('GetCallerIdentity', {
  authorize: () => NO_PERMISSION_NEEDED,
  handle: ({ principal }) => ({ UserId: principal.id, Account: principal.accountId, Arn: principal.arn }),
})
