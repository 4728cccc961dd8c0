import { findPasswordPolicy, passwordPolicyView } from '../../account/password/password-policy.ts'
import { readOperation } from '../operation.ts'

/** The account's own policy; where AWS's default holds there is none to get (observed). */
export const GetAccountPasswordPolicy = readOperation('GetAccountPasswordPolicy', {
  authorize: () => ({ resource: '*' }),
  handle(_call, { account, accountId, error }) {
    const policy = findPasswordPolicy(account)
    if (policy === undefined) {
      throw error('NoSuchEntity', `The Password Policy with domain name ${accountId} cannot be found.`)
    }
    return { PasswordPolicy: passwordPolicyView(policy) }
  },
})
