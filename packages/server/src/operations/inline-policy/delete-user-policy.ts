import { boundedUserResource, getUser } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { deleteInlinePolicy } from './inline-policy.ts'

export const DeleteUserPolicy = writeOperation('DeleteUserPolicy', {
  authorize: ({ UserName }, view) => boundedUserResource(view, UserName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'user', ...getUser(account, input.UserName, error) } as const
    deleteInlinePolicy(account, { owner, policyName: input.PolicyName, error })
    return {}
  },
})
