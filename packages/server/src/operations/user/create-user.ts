import { userArn } from '../../account/arns.ts'
import { newUniqueId } from '../../account/ids.ts'
import { quota } from '../../account/quotas.ts'
import type { UserRecord } from '../../account/records.ts'
import { mergeTags, requestTagContext } from '../../account/tags.ts'
import { findUser, wholeUserView } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { assertBoundary } from '../permissions-boundary/assert-boundary.ts'

export const CreateUser = writeOperation('CreateUser', {
  authorize({ UserName, Path = '/', PermissionsBoundary, Tags = [] }, { accountId }) {
    // The path that is asked for is part of the ARN to authorise on (aws-behaviour: observed).
    const resource = userArn(accountId, Path, UserName)
    const context = { ...requestTagContext(Tags), 'iam:PermissionsBoundary': PermissionsBoundary }
    // A create with tags is also refused where tagging is not allowed (observed).
    return { resource, context, also: Tags.length === 0 ? [] : [{ action: 'iam:TagUser', resource, context }] }
  },
  handle({ input }, scene) {
    const { account, accountId, now, randomBytes, error } = scene
    const { UserName, Path = '/', Tags = [], PermissionsBoundary } = input
    if (findUser(account, UserName) !== undefined) {
      throw error('EntityAlreadyExists', `User with name ${UserName} already exists.`)
    }
    if (account.users.size >= quota(account, 'UsersQuota')) {
      throw error('LimitExceeded', `Cannot exceed quota for UsersPerAccount: ${quota(account, 'UsersQuota')}`)
    }
    if (PermissionsBoundary !== undefined) assertBoundary(scene, PermissionsBoundary)
    const user: UserRecord = {
      id: newUniqueId('AIDA', randomBytes),
      name: UserName,
      path: Path,
      createdAt: now.toISOString(),
      tags: mergeTags([], Tags, { ignoreCase: true, error }),
      ...(PermissionsBoundary === undefined ? {} : { boundaryArn: PermissionsBoundary }),
    }
    account.users.put(user)
    return { User: wholeUserView(user, accountId) }
  },
})
