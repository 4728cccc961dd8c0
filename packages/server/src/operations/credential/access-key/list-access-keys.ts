import { accessKeyPosition, accessKeysOf, accessKeyView, getKeyOwner } from '../../../account/access-key.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { readOperation } from '../../operation.ts'
import { page } from '../../page.ts'

export const ListAccessKeys = readOperation('ListAccessKeys', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const owner = getKeyOwner(scene, input.UserName)
    const { rows, truncation } = page(scene, {
      operation: 'ListAccessKeys',
      input,
      filter: owner.id,
      rows: (after) => accessKeysOf(scene.account, owner.id, after),
      position: accessKeyPosition,
    })
    return { AccessKeyMetadata: rows.map((key) => accessKeyView(key, owner)), ...truncation }
  },
})
