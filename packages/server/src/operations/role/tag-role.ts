import { mergeTags, requestTagContext } from '../../account/tags.ts'
import { getRole, roleResource } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'

export const TagRole = writeOperation('TagRole', {
  authorize({ RoleName, Tags }, view) {
    const { resource, context } = roleResource(view, RoleName)
    return { resource, context: { ...context, ...requestTagContext(Tags) } }
  },
  handle({ input }, { account, error }) {
    const role = getRole(account, input.RoleName, error)
    account.roles.put({ ...role, tags: mergeTags(role.tags, input.Tags, { ignoreCase: true, error }) })
    return {}
  },
})
