import { removeTags } from '../../account/tags.ts'
import { getUser, userResource } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'

export const UntagUser = writeOperation('UntagUser', {
  authorize({ UserName, TagKeys }, view) {
    const { resource, context } = userResource(view, UserName)
    return { resource, context: { ...context, 'aws:TagKeys': TagKeys } }
  },
  handle({ input }, { account, error }) {
    const user = getUser(account, input.UserName, error)
    account.users.put({ ...user, tags: removeTags(user.tags, input.TagKeys, { ignoreCase: true }) })
    return {}
  },
})
