import type { Printer } from '../terminal.ts'
import type { Target } from '../target.ts'
import type { AccountState } from './account-state.ts'
import type { Outcome } from './apply-plan.ts'
import { consoleUrl } from './console-url.ts'
import type { Delivery } from './deliver-secrets.ts'
import { describeThing } from './describe.ts'
import type { Plan } from './plan.ts'

/** Everything that a finished (or broken off) run has to tell. */
export type ReportParts = {
  readonly target: Target
  readonly state: AccountState
  readonly plan: Plan
  readonly outcome: Outcome
  readonly delivery: Delivery
}

/** The object that `--output json` prints, with secrets that were saved nowhere else. */
export function reportJson({ target, state, plan, outcome, delivery }: ReportParts): Record<string, unknown> {
  const { password, accessKey } = delivery.toShow
  return {
    status: outcome.made.length === 0 ? 'unchanged' : 'created',
    accountId: state.caller.accountId,
    accountAlias: state.alias,
    endpointUrl: target.endpointUrl,
    userName: plan.userName,
    groupName: plan.groupName,
    consoleUrl: hasConsole(plan) ? consoleUrl(target, state) : undefined,
    accessKeyId: outcome.secrets.accessKey?.id ?? state.user?.accessKeys[0]?.id,
    secretAccessKey: accessKey?.secret,
    password,
    made: outcome.made.map(describeThing),
    present: plan.present.map(describeThing),
    notices: plan.notices,
    credentialsCsv: delivery.csvPath,
    profile: delivery.profileName,
  }
}

/** The result as lines for a person; the secrets among them are shown here and nowhere else. */
export function reportLines(parts: ReportParts, { paint }: Pick<Printer, 'paint'>): readonly string[] {
  const { target, state, plan, outcome, delivery } = parts
  const { password, accessKey } = delivery.toShow
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Account', state.caller.accountId],
    ['User name', plan.userName],
    ['Console', hasConsole(plan) ? consoleUrl(target, state) : undefined],
    ['Password', password],
    ['Access key ID', outcome.secrets.accessKey?.id],
    ['Secret access key', accessKey?.secret],
    ['Saved in', delivery.csvPath],
    ['Profile', delivery.profileName],
  ]
  const width = Math.max(...fields.map(([label]) => label.length))
  const shown = fields.flatMap(([label, value]) =>
    value === undefined ? [] : [`  ${label.padEnd(width)}  ${paint('bold', value)}`],
  )
  const hasSecret = password !== undefined || accessKey !== undefined
  const profile = delivery.profileName
  return [
    ...shown,
    ...(hasSecret
      ? ['', paint('yellow', 'Keep what is secret now: it is shown this once and cannot be read again.')]
      : []),
    ...(profile === undefined ? [] : ['', `Try: aws iam get-user --profile ${profile}`]),
  ]
}

function hasConsole({ present, missing }: Plan): boolean {
  return [...present, ...missing].some(({ kind }) => kind === 'password')
}
