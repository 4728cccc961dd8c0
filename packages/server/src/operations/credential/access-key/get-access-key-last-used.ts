import { rootArn } from '../../../account/arns.ts'
import { userResource } from '../../../account/user.ts'
import { readOperation } from '../../operation.ts'

/** Answered where a key was never used, and then without a date (observed). */
const NEVER = 'N/A'

export const GetAccessKeyLastUsed = readOperation('GetAccessKeyLastUsed', {
  // On the key's owner (observed). A key that is not here has none: its caller is told so below, or denied here.
  authorize({ AccessKeyId }, view) {
    const ownerId = view.account.accessKeys.find(AccessKeyId)?.ownerId
    if (ownerId === view.accountId) return { resource: rootArn(view.accountId) }
    const user = ownerId === undefined ? undefined : view.account.users.findBy('id', ownerId)
    return user === undefined ? { resource: '*' } : userResource(view, user.name)
  },
  handle({ input, principal }, { account, activity, error }) {
    const { AccessKeyId } = input
    const key = account.accessKeys.find(AccessKeyId)
    if (key === undefined) {
      // AWS's own sentence, without the colon that its denials have (observed, also of callers that may do everything).
      const what = `iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`
      throw error('AccessDenied', `User: ${principal.arn} is not authorized to perform ${what}`)
    }
    const used = activity.keyLastUsed(AccessKeyId)
    return {
      UserName: account.users.findBy('id', key.ownerId)?.name,
      AccessKeyLastUsed: {
        LastUsedDate: used === undefined ? undefined : new Date(used.time),
        ServiceName: used?.service ?? NEVER,
        Region: used?.region ?? NEVER,
      },
    }
  },
})
