import type { AccountApi } from '../account/account-api.ts'
import { nameOf } from '../account/call.ts'
import type { CommandSession } from '../command.ts'
import { Failure, reasonOf } from '../failure.ts'
import type { Target } from '../target.ts'
import { confirmOrFail } from './confirm.ts'
import { applyUndo, planUndo, type UndoPlan } from './undo.ts'

/** What an undoing works with. */
export type RemovalParts = {
  readonly api: AccountApi
  readonly target: Target
  readonly session: CommandSession
  readonly isConfirmed: boolean
}

/** The run of `iamd admin create NAME --undo`: takes away what the command made, after showing it and asking. */
export async function removeAdministrator(userName: string, parts: RemovalParts): Promise<void> {
  const { api, target, session } = parts
  const { notes, results, format } = session.terminal
  const plan = await planUndo(api, userName)
  await notes.line(undoReview(plan, `On ${nameOf(target)}`, notes.paint).join('\n'))
  if (plan.steps.length > 0) await confirmOrFail('Take all this away?', parts)
  const { removed, failure } = await applyUndo(plan, (words) => notes.line(`removed ${words}`))
  const report = { status: removed.length === 0 ? 'unchanged' : 'undone', userName, removed, left: plan.left }
  if (failure !== undefined) throw undoFailure(failure, report)
  if (format === 'json') await results.line(JSON.stringify(report, null, 2))
}

function undoReview(
  { steps, left }: UndoPlan,
  heading: string,
  paint: CommandSession['terminal']['notes']['paint'],
): readonly string[] {
  if (steps.length === 0) return ['Nothing to undo: there is no such user.']
  return [
    paint('bold', heading),
    ...steps.map(({ words }) => paint('red', `  - ${words}`)),
    ...left.map((words) => paint('yellow', `  ! stays: ${words}`)),
  ]
}

function undoFailure({ words, error }: { words: string; error: unknown }, report: Record<string, unknown>): Failure {
  return new Failure(`could not remove ${words}: ${reasonOf(error)}`, {
    remedy: 'run the same command again; it goes on with what is left',
    report,
    cause: error,
  })
}
