import { getUser, userResource } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { putInlinePolicy } from './inline-policy.ts'

export const PutUserPolicy = writeOperation('PutUserPolicy', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'user', ...getUser(account, input.UserName, error) } as const
    putInlinePolicy(account, { owner, input, error })
    return {}
  },
})
