import { getGroup, groupResource } from '../../account/group.ts'
import { readOperation } from '../operation.ts'
import { inlinePolicyView } from './inline-policy.ts'

export const GetGroupPolicy = readOperation('GetGroupPolicy', {
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'group', ...getGroup(account, input.GroupName, error) } as const
    const view = inlinePolicyView(account, { owner, policyName: input.PolicyName, error })
    return { GroupName: owner.name, ...view }
  },
})
