import { getGroup, groupResource } from '../../account/group.ts'
import { writeOperation } from '../operation.ts'
import { deleteInlinePolicy } from './inline-policy.ts'

export const DeleteGroupPolicy = writeOperation('DeleteGroupPolicy', {
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'group', ...getGroup(account, input.GroupName, error) } as const
    deleteInlinePolicy(account, { owner, policyName: input.PolicyName, error })
    return {}
  },
})
