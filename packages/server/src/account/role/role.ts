/** Roles: how they are found, named and shown. */
import type { ContextValue } from '@iamd/policy'
import type { Fault, Role } from '@iamd/wire'
import { type AccountReader, nameKey } from '../account-tables.ts'
import { roleArn } from '../arns.ts'
import { policyDocumentView } from '../policy/policy-document.ts'
import type { RoleRecord } from '../records.ts'
import { resourceTagContext, tagsView } from '../tags.ts'
import { type FindAccount, trustPolicyText } from './trust-policy.ts'
import { boundaryView } from '../user.ts'

export function findRole(account: AccountReader, name: string): RoleRecord | undefined {
  return account.roles.find(nameKey(name))
}

/** The role of that name, or the fault that AWS answers when there is none. */
export function getRole(
  account: AccountReader,
  name: string,
  error: (code: 'NoSuchEntity', message: string) => Fault,
): RoleRecord {
  const role = findRole(account, name)
  if (role === undefined) throw error('NoSuchEntity', `The role with name ${name} cannot be found.`)
  return role
}

/** Roles of this path belong to AWS's services, which alone may change them (IAM User Guide, "Service-linked roles"). */
export const SERVICE_LINKED_PATH = '/aws-service-role/'

/** The same for an operation that changes what the role may do or who may assume it: of service-linked roles nobody may. */
export function getModifiableRole(
  account: AccountReader,
  name: string,
  error: (code: 'NoSuchEntity' | 'UnmodifiableEntity', message: string) => Fault,
): RoleRecord {
  const role = getRole(account, name, error)
  if (!role.path.startsWith(SERVICE_LINKED_PATH)) return role
  // Observed: github.com/gruntwork-io/cloud-nuke/issues/880.
  const protectedRole = `protected role '${role.name}' - this role is only modifiable by AWS`
  throw error('UnmodifiableEntity', `Cannot perform the operation on the ${protectedRole}`)
}

interface RoleResource {
  readonly resource: string
  readonly context: Readonly<Record<string, ContextValue | undefined>>
}

type AccountView = { readonly account: AccountReader; readonly accountId: string }

/**
 * What to authorise on for an operation on the role of that name: the stored role's ARN and its tags as condition keys, or the ARN of
 * the name as it was asked for in the root path.
 */
export function roleResource({ account, accountId }: AccountView, name: string): RoleResource {
  const role = findRole(account, name)
  return {
    resource: roleArn(accountId, role?.path ?? '/', role?.name ?? name),
    context: resourceTagContext(role?.tags),
  }
}

/**
 * The same for an operation that has the condition key iam:PermissionsBoundary of the role: those on its policies of permissions and
 * on the boundary itself (Service Authorization Reference, IAM; not the one on its trust policy).
 */
export function boundedRoleResource(view: AccountView, name: string): RoleResource {
  const { resource, context } = roleResource(view, name)
  return { resource, context: { ...context, 'iam:PermissionsBoundary': findRole(view.account, name)?.boundaryArn } }
}

export interface RoleScene {
  readonly accountId: string
  readonly findAccount: FindAccount
}

/** A role as it stands inside of other things, and the least that an operation on roles shows (examples of the AWS CLI, create-role). */
export function roleView(role: RoleRecord, { accountId, findAccount }: RoleScene): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(accountId, role.path, role.name),
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: policyDocumentView(trustPolicyText(role, findAccount)),
  }
}

/** A role as ListRoles shows it: without tags, boundary and last use (IAM API Reference, ListRoles). */
export function listedRoleView(role: RoleRecord, scene: RoleScene): Role {
  return { ...roleView(role, scene), Description: role.description, MaxSessionDuration: role.sessionSecondsMax }
}

/** A new role as CreateRole shows it: neither description nor duration (examples of the AWS CLI, create-role). */
export function newRoleView(role: RoleRecord, scene: RoleScene): Role {
  return {
    ...roleView(role, scene),
    PermissionsBoundary: boundaryView(role.boundaryArn),
    Tags: role.tags.length === 0 ? undefined : tagsView(role.tags),
  }
}
