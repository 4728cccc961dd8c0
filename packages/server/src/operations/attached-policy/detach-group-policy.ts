import { getGroup, groupResource } from '../../account/group.ts'
import { writeOperation } from '../operation.ts'
import { detachPolicy } from './attached-policy.ts'

export const DetachGroupPolicy = writeOperation('DetachGroupPolicy', {
  authorize: ({ GroupName, PolicyArn }, view) => ({
    ...groupResource(view, GroupName),
    context: { 'iam:PolicyARN': PolicyArn },
  }),
  handle({ input }, scene) {
    const { id } = getGroup(scene.account, input.GroupName, scene.error)
    detachPolicy(scene, { kind: 'group', id }, input.PolicyArn)
    return {}
  },
})
