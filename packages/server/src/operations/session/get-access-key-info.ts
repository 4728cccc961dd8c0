import { accountIdOfAccessKey } from '../../account/ids.ts'
import { readOperation } from '../operation.ts'

/**
 * The account of any access key: of every one that is in this installation, and of every id that encodes one, whether there is such
 * a key or not ("does not indicate the state of the access key", STS API Reference).
 */
export const GetAccessKeyInfo = readOperation('GetAccessKeyInfo', {
  authorize: () => ({ resource: '*' }),
  handle({ input: { AccessKeyId } }, { accountOfKey, error }) {
    const account = accountOfKey(AccessKeyId) ?? accountIdOfAccessKey(AccessKeyId)
    // No answer of AWS is on record for ids without an account; the sentence is ours.
    if (account === undefined) throw error('ValidationError', 'The specified value for accessKeyId is invalid.')
    return { Account: account }
  },
})
