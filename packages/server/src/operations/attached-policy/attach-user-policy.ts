import { boundedUserResource, getUser } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { attachPolicy } from './attached-policy.ts'

export const AttachUserPolicy = writeOperation('AttachUserPolicy', {
  authorize({ UserName, PolicyArn }, view) {
    const { resource, context } = boundedUserResource(view, UserName)
    return { resource, context: { ...context, 'iam:PolicyARN': PolicyArn } }
  },
  handle({ input }, scene) {
    const { id } = getUser(scene.account, input.UserName, scene.error)
    attachPolicy(scene, { kind: 'user', id }, input.PolicyArn)
    return {}
  },
})
