/** The user, group or role whose policies a request is about: PolicySourceArn. */
import type { ContextValue } from '@iamd/policy'
import type { Fault } from '@iamd/wire'
import { groupArn, roleArn, userArn } from '../../account/arns.ts'
import { findGroup } from '../../account/group.ts'
import type { GroupRecord } from '../../account/records.ts'
import { findRole } from '../../account/role/role.ts'
import { findUser } from '../../account/user.ts'
import type { PolicyOwner } from '../../catalogue/entity-policies.ts'
import type { SceneView } from '../scene.ts'
import { type EntityArn, parseEntityArn } from './entity-arn.ts'

type View = Pick<SceneView, 'account' | 'accountId'>

type MakeError = (code: 'InvalidInput' | 'NoSuchEntity', message: string) => Fault

/** What to authorise on: the entity as it is stored, or the ARN as it was asked for. */
export function policySourceResource(
  view: View,
  arn: string,
): { readonly resource: string; readonly context?: Readonly<Record<string, ContextValue>> } {
  return { resource: findPolicySource(view, arn)?.arn ?? arn }
}

/** Sentences are observed. */
export function getPolicySource(view: View, arn: string, error: MakeError): PolicyOwner {
  const entity = parseEntityArn(arn)
  if (entity === undefined) throw error('InvalidInput', `Invalid ARN provided in the request: ${arn}`)
  if (entity.accountId !== view.accountId) {
    const accounts = `caller's account ${view.accountId} does not have access to policies in account ${entity.accountId}`
    throw error('InvalidInput', `Invalid Policy Source Arn: ${accounts}.`)
  }
  const found = findPolicySource(view, arn)
  if (found === undefined) throw error('NoSuchEntity', 'Unable to retrieve specified IAM entity.')
  return found
}

type FindByName = (view: View, name: string) => PolicyOwner | undefined

/** Observed: by name, whatever path the ARN has. */
const FINDERS: Readonly<Record<EntityArn['kind'], FindByName>> = {
  user: ({ account, accountId }, name) =>
    ownerOf('user', findUser(account, name), (path, stored) => userArn(accountId, path, stored)),
  group: ({ account, accountId }, name) =>
    ownerOf('group', findGroup(account, name), (path, stored) => groupArn(accountId, path, stored)),
  role: ({ account, accountId }, name) =>
    ownerOf('role', findRole(account, name), (path, stored) => roleArn(accountId, path, stored)),
}

function findPolicySource(view: View, arn: string): PolicyOwner | undefined {
  const entity = parseEntityArn(arn)
  if (entity === undefined || entity.accountId !== view.accountId) return undefined
  return FINDERS[entity.kind](view, entity.name)
}

type Named = Pick<GroupRecord, 'id' | 'name' | 'path'>

function ownerOf(
  kind: PolicyOwner['kind'],
  found: Named | undefined,
  arnOf: (path: string, name: string) => string,
): PolicyOwner | undefined {
  if (found === undefined) return undefined
  const { id, name, path } = found
  return { kind, id, name, arn: arnOf(path, name) }
}
