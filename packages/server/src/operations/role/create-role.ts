import { roleArn } from '../../account/arns.ts'
import { newUniqueId } from '../../account/ids.ts'
import { quota } from '../../account/quotas.ts'
import type { RoleRecord } from '../../account/records.ts'
import { findRole, newRoleView, SERVICE_LINKED_PATH } from '../../account/role/role.ts'
import { mergeTags, requestTagContext } from '../../account/tags.ts'
import { writeOperation } from '../operation.ts'
import { assertBoundary } from '../permissions-boundary/assert-boundary.ts'
import { readTrustPolicy } from './read-trust-policy.ts'

/** IAM API Reference, CreateRole: "the default value of one hour is applied". */
const SESSION_SECONDS_DEFAULT = 3600

export const CreateRole = writeOperation('CreateRole', {
  authorize({ RoleName, Path = '/', PermissionsBoundary, Tags = [] }, { accountId }) {
    const resource = roleArn(accountId, Path, RoleName)
    const context = { ...requestTagContext(Tags), 'iam:PermissionsBoundary': PermissionsBoundary }
    // As for users, a create with tags is also refused where tagging is not allowed.
    return { resource, context, also: Tags.length === 0 ? [] : [{ action: 'iam:TagRole', resource, context }] }
  },
  handle({ input }, scene) {
    const { account, now, randomBytes, error } = scene
    const { RoleName, Path = '/', Description, Tags = [], PermissionsBoundary } = input
    if (Path.startsWith(SERVICE_LINKED_PATH)) {
      // Observed: github.com/tilfin/aws-iam-policy-tool/pull/9.
      const reserved = `Path prefix '${SERVICE_LINKED_PATH}'`
      throw error('InvalidInput', `${reserved} can only be used for AWS Service linked Roles`)
    }
    if (findRole(account, RoleName) !== undefined) {
      throw error('EntityAlreadyExists', `Role with name ${RoleName} already exists.`)
    }
    if (account.roles.size >= quota(account, 'RolesQuota')) {
      throw error('LimitExceeded', `Cannot exceed quota for RolesPerAccount: ${quota(account, 'RolesQuota')}`)
    }
    if (PermissionsBoundary !== undefined) assertBoundary(scene, PermissionsBoundary)
    const role: RoleRecord = {
      id: newUniqueId('AROA', randomBytes),
      name: RoleName,
      path: Path,
      createdAt: now.toISOString(),
      ...(Description === undefined ? {} : { description: Description }),
      sessionSecondsMax: input.MaxSessionDuration ?? SESSION_SECONDS_DEFAULT,
      ...readTrustPolicy(scene, input.AssumeRolePolicyDocument),
      tags: mergeTags([], Tags, { ignoreCase: true, error }),
      ...(PermissionsBoundary === undefined ? {} : { boundaryArn: PermissionsBoundary }),
    }
    account.roles.put(role)
    return { Role: newRoleView(role, scene) }
  },
})
