import { writeOperation } from '../operation.ts'

/** Gives up the account's alias, which must be named (observed); another account may then take it. */
export const DeleteAccountAlias = writeOperation('DeleteAccountAlias', {
  authorize: () => ({ resource: '*' }),
  handle({ input: { AccountAlias } }, { accountId, directory, error }) {
    const entry = directory.accounts.find(accountId)
    // The alias of another account is as unknown as one that nobody has. The sentence is ours, after that of CreateAccountAlias.
    if (entry === undefined || entry.alias !== AccountAlias) {
      throw error('NoSuchEntity', `The account alias ${AccountAlias} cannot be found.`)
    }
    const { alias: _given, ...nameless } = entry
    directory.accounts.put(nameless)
    return {}
  },
})
