import { getUser, userResource } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { tagPage } from '../tag-page.ts'

export const ListUserTags = readOperation('ListUserTags', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, scene) {
    const { id, tags } = getUser(scene.account, input.UserName, scene.error)
    return tagPage(scene, { operation: 'ListUserTags', input, resourceId: id, tags })
  },
})
