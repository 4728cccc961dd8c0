import { instanceProfileArn } from '../../../account/arns.ts'
import { instanceProfileView } from '../../../account/role/instance-profile.ts'
import { readOperation } from '../../operation.ts'
import { pathPage } from '../../path-page.ts'

export const ListInstanceProfiles = readOperation('ListInstanceProfiles', {
  // A denial on AWS names `instance-profile/` and the path prefix (gideonwarui.com, "Karpenter GC Controller Failing", 2026).
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: instanceProfileArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const table = scene.account.instanceProfiles
    const { rows, truncation } = pathPage(scene, { operation: 'ListInstanceProfiles', input, table })
    return { InstanceProfiles: rows.map((profile) => instanceProfileView(profile, scene)), ...truncation }
  },
})
