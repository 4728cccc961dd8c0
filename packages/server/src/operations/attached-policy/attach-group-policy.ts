import { getGroup, groupResource } from '../../account/group.ts'
import { writeOperation } from '../operation.ts'
import { attachPolicy } from './attached-policy.ts'

export const AttachGroupPolicy = writeOperation('AttachGroupPolicy', {
  authorize: ({ GroupName, PolicyArn }, view) => ({
    ...groupResource(view, GroupName),
    context: { 'iam:PolicyARN': PolicyArn },
  }),
  handle({ input }, scene) {
    const { id } = getGroup(scene.account, input.GroupName, scene.error)
    attachPolicy(scene, { kind: 'group', id }, input.PolicyArn)
    return {}
  },
})
