import { boundedRoleResource, getModifiableRole } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { putInlinePolicy } from './inline-policy.ts'

export const PutRolePolicy = writeOperation('PutRolePolicy', {
  authorize: ({ RoleName }, view) => boundedRoleResource(view, RoleName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'role', ...getModifiableRole(account, input.RoleName, error) } as const
    putInlinePolicy(account, { owner, input, error })
    return {}
  },
})
