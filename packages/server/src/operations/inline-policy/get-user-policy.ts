import { getUser, userResource } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { inlinePolicyView } from './inline-policy.ts'

export const GetUserPolicy = readOperation('GetUserPolicy', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'user', ...getUser(account, input.UserName, error) } as const
    const view = inlinePolicyView(account, { owner, policyName: input.PolicyName, error })
    return { UserName: owner.name, ...view }
  },
})
