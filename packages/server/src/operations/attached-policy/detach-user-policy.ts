import { boundedUserResource, getUser } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { detachPolicy } from './attached-policy.ts'

export const DetachUserPolicy = writeOperation('DetachUserPolicy', {
  authorize({ UserName, PolicyArn }, view) {
    const { resource, context } = boundedUserResource(view, UserName)
    return { resource, context: { ...context, 'iam:PolicyARN': PolicyArn } }
  },
  handle({ input }, scene) {
    const { id } = getUser(scene.account, input.UserName, scene.error)
    detachPolicy(scene, { kind: 'user', id }, input.PolicyArn)
    return {}
  },
})
