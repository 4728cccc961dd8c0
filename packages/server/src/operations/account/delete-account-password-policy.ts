import { deleteSingle } from '../../account/account-tables.ts'
import { findPasswordPolicy } from '../../account/password/password-policy.ts'
import { writeOperation } from '../operation.ts'

/** From then on AWS's default policy holds. */
export const DeleteAccountPasswordPolicy = writeOperation('DeleteAccountPasswordPolicy', {
  authorize: () => ({ resource: '*' }),
  handle(_call, { account, error }) {
    if (findPasswordPolicy(account) === undefined) {
      throw error('NoSuchEntity', 'The account policy with name PasswordPolicy cannot be found.')
    }
    deleteSingle(account.passwordPolicy)
    return {}
  },
})
