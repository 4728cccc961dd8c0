import { removeTags } from '../../account/tags.ts'
import { getRole, roleResource } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'

export const UntagRole = writeOperation('UntagRole', {
  authorize({ RoleName, TagKeys }, view) {
    const { resource, context } = roleResource(view, RoleName)
    return { resource, context: { ...context, 'aws:TagKeys': TagKeys } }
  },
  handle({ input }, { account, error }) {
    const role = getRole(account, input.RoleName, error)
    account.roles.put({ ...role, tags: removeTags(role.tags, input.TagKeys, { ignoreCase: true }) })
    return {}
  },
})
