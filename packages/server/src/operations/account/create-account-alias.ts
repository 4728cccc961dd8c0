import { writeOperation } from '../operation.ts'

/** Names the account, over all accounts of the installation; a name that it had is given up (observed: replaced, not refused). */
export const CreateAccountAlias = writeOperation('CreateAccountAlias', {
  authorize: () => ({ resource: '*' }),
  handle({ input: { AccountAlias: alias } }, { accountId, directory, error }) {
    // "cannot be an account number" (IAM User Guide, "Creating an account alias"); the sentence is ours.
    if (/^\d{12}$/.test(alias)) throw error('ValidationError', 'The account alias must not be a 12-digit number.')
    if (directory.accounts.findBy('alias', alias) !== undefined) {
      throw error('EntityAlreadyExists', `The account alias ${alias} already exists.`)
    }
    const entry = directory.accounts.find(accountId)
    if (entry === undefined) throw new Error(`account \`${accountId}\` is not in the directory`)
    directory.accounts.put({ ...entry, alias })
    return {}
  },
})
