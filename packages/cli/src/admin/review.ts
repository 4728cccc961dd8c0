import type { Printer } from '../terminal.ts'
import type { Target } from '../target.ts'
import { isRoot, type AccountState } from './account-state.ts'
import type { AdminRequest } from './admin-request.ts'
import { nameOf } from '../account/call.ts'
import { describeThing } from './describe.ts'
import { describeRules, passwordRules } from './password-rules.ts'
import type { Plan, Thing } from './plan.ts'

/** What the review shows. */
export type ReviewParts = {
  readonly request: AdminRequest
  readonly state: AccountState
  readonly plan: Plan
  readonly target: Target
}

/** The review as lines: whose account, what is there (`=`), what will be made (`+`) and taken away (`-`), and notices. */
export function reviewLines(parts: ReviewParts, { paint }: Pick<Printer, 'paint'>): readonly string[] {
  const { state, plan } = parts
  return [
    paint('bold', `Account ${accountName(state)} on ${nameOf(parts.target)}, as ${callerName(state)}`),
    ...plan.present.map((thing) => paint('dim', `  = ${describeThing(thing)}`)),
    ...plan.missing.map((thing) => paint('green', `  + ${describeThing(thing)}${origin(thing, parts)}`)),
    ...savingLines(parts).map((line) => paint('green', `  + ${line}`)),
    ...rootLines(plan).map((line) => paint('red', `  - ${line}`)),
    ...[...plan.notices, ...targetNotices(parts.target)].map((notice) => paint('yellow', `  ! ${notice}`)),
  ]
}

/** True if the run would change nothing at all. */
export function isNothingToDo({ missing, rootLock }: Plan): boolean {
  return missing.length === 0 && (rootLock === undefined || rootLock.accessKeyIds.length === 0)
}

// New secrets travel in the answers.
function targetNotices({ endpointUrl }: Target): readonly string[] {
  const url = endpointUrl === undefined ? null : URL.parse(endpointUrl)
  if (url?.protocol !== 'http:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) return []
  return ['the endpoint is not encrypted: whoever is on the way can read the secrets']
}

function accountName({ caller, alias }: AccountState): string {
  return alias === undefined ? caller.accountId : `${caller.accountId} (${alias})`
}

function callerName({ caller }: AccountState): string {
  return isRoot(caller) ? 'the root user' : caller.arn
}

function origin(thing: Thing, { request, state }: ReviewParts): string {
  if (thing.kind !== 'password') return ''
  const from = { generator: 'generated', 'standard input': 'from standard input', prompt: 'to be typed' }
  return ` (${from[request.passwordFrom]}; ${describeRules(passwordRules(state.passwordPolicy))})`
}

function savingLines({ request, plan }: ReviewParts): readonly string[] {
  const makes = (kind: Thing['kind']): boolean => plan.missing.some((thing) => thing.kind === kind)
  const csv = request.csvPath !== undefined && (makes('access key') || makes('password'))
  return [
    ...(csv ? [`file ${request.csvPath} with the secrets`] : []),
    ...(request.profile !== undefined && makes('access key')
      ? [`profile ${request.profile.name} with the access key`]
      : []),
  ]
}

function rootLines({ rootLock }: Plan): readonly string[] {
  const verb = rootLock?.how === 'delete' ? 'deleted' : 'deactivated'
  return (
    rootLock?.accessKeyIds.map((id) => `root access key ${id}, ${verb} after the user's key has proved to work`) ?? []
  )
}
