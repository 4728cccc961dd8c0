import { CallFailure } from '../account/account-api.ts'
import { Failure, reasonOf } from '../failure.ts'
import type { Target } from '../target.ts'
import type { Outcome } from './apply-plan.ts'
import { describeThing } from './describe.ts'
import type { Plan, Thing } from './plan.ts'

/** A run that ended at a thing that could not be made. */
export type BrokenOff = {
  readonly plan: Plan
  readonly outcome: Outcome & { readonly failure: NonNullable<Outcome['failure']> }
  readonly target: Target
}

/** What a person needs after a failure halfway: what was made, what was not, how to go on, how to undo. */
export function brokenOffLines({ plan, outcome, target }: BrokenOff): readonly string[] {
  const { made, failure } = outcome
  const notMade = plan.missing.filter((thing) => !made.includes(thing))
  return [
    made.length === 0 ? 'Nothing was made.' : 'Made before the failure:',
    ...made.map((thing) => `  + ${describeThing(thing)}`),
    'Not made:',
    ...notMade.map((thing) => `  ${describeThing(thing)}${thing === failure.thing ? doubt(failure.error) : ''}`),
    'To go on: run the same command again; it makes only what is missing.',
    ...undoLines({ plan, outcome, target }),
  ]
}

/** The failure itself, as one line. */
export function brokenOffFailure(
  { thing, error }: BrokenOff['outcome']['failure'],
  report: Record<string, unknown>,
): Failure {
  return new Failure(`could not make ${describeThing(thing)}: ${reasonOf(error)}`, { report, cause: error })
}

/** The options that lead to the same target, for commands that a person is told to type. */
export function targetOptions({ endpointUrl, profile }: Target): string {
  const where = endpointUrl === undefined ? ' --aws' : ` --endpoint-url ${endpointUrl}`
  return profile === undefined ? where : `${where} --profile ${profile}`
}

// A call whose fate is unknown may have made what only a second look can find.
function doubt(error: Error): string {
  return error instanceof CallFailure && error.outcome === 'unknown' ? ' (or perhaps made: no answer came)' : ''
}

// Undoing goes by the record on the user. Where this run made no user, what it made is undone by hand, last first.
function undoLines({ plan, outcome: { made, secrets }, target }: BrokenOff): readonly string[] {
  if (made.length === 0) return []
  if (made.some(({ kind }) => kind === 'user'))
    return [`To undo: iamd admin create ${plan.userName} --undo${targetOptions(target)}`]
  const options = targetOptions(target).replace(' --aws', '')
  const commands = made.map((thing) => `  aws iam ${undoCommand(thing, secrets.accessKey?.id)}${options}`)
  return ['To undo:', ...commands.toReversed()]
}

function undoCommand(thing: Thing, accessKeyId = ''): string {
  switch (thing.kind) {
    case 'group':
      return `delete-group --group-name ${thing.groupName}`
    case 'policy':
      return `detach-group-policy --group-name ${thing.groupName} --policy-arn ${thing.policyArn}`
    case 'user':
      return `delete-user --user-name ${thing.userName}`
    case 'membership':
      return `remove-user-from-group --user-name ${thing.userName} --group-name ${thing.groupName}`
    case 'password':
      return `delete-login-profile --user-name ${thing.userName}`
    case 'access key':
      return `delete-access-key --user-name ${thing.userName} --access-key-id ${accessKeyId}`
    default:
      return thing satisfies never
  }
}
