import { getGroup, groupResource } from '../../account/group.ts'
import { writeOperation } from '../operation.ts'
import { putInlinePolicy } from './inline-policy.ts'

export const PutGroupPolicy = writeOperation('PutGroupPolicy', {
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'group', ...getGroup(account, input.GroupName, error) } as const
    putInlinePolicy(account, { owner, input, error })
    return {}
  },
})
