import { getRole, roleResource } from '../../account/role/role.ts'
import { readOperation } from '../operation.ts'
import { inlinePolicyView } from './inline-policy.ts'

export const GetRolePolicy = readOperation('GetRolePolicy', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, { account, error }) {
    const owner = { kind: 'role', ...getRole(account, input.RoleName, error) } as const
    const view = inlinePolicyView(account, { owner, policyName: input.PolicyName, error })
    return { RoleName: owner.name, ...view }
  },
})
