import { instanceProfileArn } from '../../../account/arns.ts'
import { instanceProfileView } from '../../../account/role/instance-profile.ts'
import { readOperation } from '../../operation.ts'
import { pathPage } from '../../path-page.ts'

export const ListInstanceProfiles = readOperation('ListInstanceProfiles', {
  // As with ListUsers, by the path prefix that is asked for.
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: instanceProfileArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const table = scene.account.instanceProfiles
    const { rows, truncation } = pathPage(scene, { operation: 'ListInstanceProfiles', input, table })
    return { InstanceProfiles: rows.map((profile) => instanceProfileView(profile, scene)), ...truncation }
  },
})
