import { boundedRoleResource, getModifiableRole } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { deleteInlinePolicy } from './inline-policy.ts'

export const DeleteRolePolicy = writeOperation('DeleteRolePolicy', {
  authorize: ({ RoleName }, view) => boundedRoleResource(view, RoleName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'role', ...getModifiableRole(account, input.RoleName, error) } as const
    deleteInlinePolicy(account, { owner, policyName: input.PolicyName, error })
    return {}
  },
})
