/** Which policies have a say about whom, straight from the rules, for laws that ask only where one has. */
import type { Question } from '../../reference/question.ts'
import type { Slot } from './policy-slots.ts'

/** Allowed to everybody who is authenticated, whatever any policy says. */
const NEEDS_NO_PERMISSION = new Set(['sts:getcalleridentity', 'sts:getsessiontoken'])

export function needsPermission({ request }: Question): boolean {
  return request.caller.kind === 'anonymous' || !NEEDS_NO_PERMISSION.has(request.action.toLowerCase())
}

/** A caller with an account of its own: not an anonymous one, a service, or one that comes from a provider. */
export function isOfAccount({ request: { caller } }: Question): boolean {
  return 'accountId' in caller
}

/** The root user, or a federated user that it made: no identity policy is asked. */
export function isOfRoot({ request: { caller } }: Question): boolean {
  return caller.kind === 'root' || (caller.kind === 'federatedUser' && caller.userArn === undefined)
}

export function isServiceLinked({ request: { caller } }: Question): boolean {
  return caller.kind === 'roleSession' && caller.isServiceLinked === true
}

export function isCrossAccount({ request: { caller, resourceAccount } }: Question): boolean {
  return 'accountId' in caller && resourceAccount !== undefined && resourceAccount !== caller.accountId
}

/** Whether policies in this slot have a say about the question. */
export function applies(question: Question, slot: Slot): boolean {
  const { caller, action, isOwnedByManagementAccount } = question.request
  if (!needsPermission(question)) return false
  switch (slot) {
    case 'identity':
    case 'group':
      return isOfAccount(question) && !isOfRoot(question)
    case 'boundary':
    case 'session':
      return isOfAccount(question)
    case 'serviceControl':
      return 'accountId' in caller && caller.isManagementAccount !== true && !isServiceLinked(question)
    case 'resourceControl':
      return (
        isOwnedByManagementAccount !== true && !isServiceLinked(question) && action.toLowerCase() !== 'kms:retiregrant'
      )
    case 'resource':
    case 'endpoint':
      return true
  }
}
