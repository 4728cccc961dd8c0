import { mergeTags, requestTagContext } from '../../account/tags.ts'
import { getUser, userResource } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'

export const TagUser = writeOperation('TagUser', {
  authorize({ UserName, Tags }, view) {
    const { resource, context } = userResource(view, UserName)
    return { resource, context: { ...context, ...requestTagContext(Tags) } }
  },
  handle({ input }, { account, error }) {
    const user = getUser(account, input.UserName, error)
    account.users.put({ ...user, tags: mergeTags(user.tags, input.Tags, { ignoreCase: true, error }) })
    return {}
  },
})
