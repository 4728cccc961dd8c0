import { boundedUserResource, getUser } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { putInlinePolicy } from './inline-policy.ts'

export const PutUserPolicy = writeOperation('PutUserPolicy', {
  authorize: ({ UserName }, view) => boundedUserResource(view, UserName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'user', ...getUser(account, input.UserName, error) } as const
    putInlinePolicy(account, { owner, input, error })
    return {}
  },
})
