// The run of `iamd admin create NAME`, top to bottom: look, plan, review, ask, make, hand over the secrets, lock root.
import type { AccountApi } from '../account/account-api.ts'
import type { CommandSession } from '../command.ts'
import { Failure, reasonOf } from '../failure.ts'
import type { Target } from '../target.ts'
import { readAccountState, type AccountState } from './account-state.ts'
import type { AdminRequest } from './admin-request.ts'
import { applyPlan, type Outcome } from './apply-plan.ts'
import { brokenOffFailure, brokenOffLines, targetOptions } from './broken-off.ts'
import { confirmOrFail } from './confirm.ts'
import { consoleUrl } from './console-url.ts'
import { createSecretFile } from './credentials-csv.ts'
import { deliverSecrets, type Delivery } from './deliver-secrets.ts'
import { describeThing } from './describe.ts'
import { lockRootKeys, proofPausesMs, proveKey } from './lock-root.ts'
import { planAdministrator, type Plan } from './plan.ts'
import { prepareRun, type Preparation } from './prepare-run.ts'
import { reportJson, reportLines, type ReportParts } from './report.ts'
import { isNothingToDo, reviewLines } from './review.ts'

/** What a run works with. */
export type RunParts = {
  readonly api: AccountApi
  readonly target: Target
  readonly session: CommandSession
  /** Whether the person has said yes beforehand. */
  readonly isConfirmed: boolean
  /** Once aborted, nothing more is made; what was made is still told. */
  readonly signal: AbortSignal
}

/** Makes an administrator as asked; throws a `Failure` for every end but a good one. */
export async function createAdministrator(request: AdminRequest, parts: RunParts): Promise<void> {
  const { session, target } = parts
  const state = await readAccountState(parts.api, request)
  const plan = planAdministrator(request, state)
  const { notes } = session.terminal
  await notes.line(reviewLines({ request, state, plan, target }, notes).join('\n'))
  if (isNothingToDo(plan)) {
    await tellUnchanged({ target, state, plan, outcome: nothingMade, delivery: nothingDelivered }, parts)
    return
  }
  const preparation = await prepareRun({ request, state, plan, target, session })
  await confirmOrFail('Go ahead?', parts)
  const report = await makeAll({ request, state, plan, preparation }, parts)
  await tell(report, parts)
  const rootLock = await lockRoot(report, preparation, parts)
  if (session.terminal.format === 'json') await printJson({ ...reportJson(report), rootLock }, session)
}

type Made = {
  readonly request: AdminRequest
  readonly state: AccountState
  readonly plan: Plan
  readonly preparation: Preparation
}

async function makeAll({ request, state, plan, preparation }: Made, parts: RunParts): Promise<ReportParts> {
  const { api, target, session, signal } = parts
  const makesSecret = plan.missing.some(({ kind }) => kind === 'password' || kind === 'access key')
  const csv = request.csvPath !== undefined && makesSecret ? await createSecretFile(request.csvPath) : undefined
  const outcome = await applyPlan(plan, {
    api,
    password: preparation.password,
    signal,
    onMade: (thing) => session.terminal.notes.line(`made ${describeThing(thing)}`),
  })
  const delivery = await deliverSecrets(outcome.secrets, {
    csv,
    profile: preparation.profile,
    userName: plan.userName,
    consoleUrl: request.wantsConsole ? consoleUrl(target, state) : undefined,
  })
  return { target, state, plan, outcome, delivery }
}

// Prints what was made, with the secrets that were saved nowhere, and ends the run if not all went well.
async function tell(report: ReportParts, { session }: RunParts): Promise<void> {
  const { terminal } = session
  const { outcome, delivery, plan, target } = report
  const { failure, secrets } = outcome
  const hasSecrets = secrets.password !== undefined || secrets.accessKey !== undefined
  if (terminal.format === 'text' && (hasSecrets || (failure === undefined && outcome.made.length > 0))) {
    await printResult(reportLines(report, terminal.results), report, session)
  }
  if (failure !== undefined) {
    await terminal.notes.line(brokenOffLines({ plan, target, outcome: { ...outcome, failure } }).join('\n'))
    throw brokenOffFailure(failure, reportJson(report))
  }
  const [problem] = delivery.problems
  if (problem !== undefined) {
    throw new Failure(`all was made, but a secret could not be saved: ${delivery.problems.map(reasonOf).join('; ')}`, {
      remedy: 'what was not saved is shown instead',
      report: reportJson(report),
      cause: problem,
    })
  }
}

async function lockRoot(report: ReportParts, preparation: Preparation, parts: RunParts): Promise<Plan['rootLock']> {
  const { plan, state, outcome, delivery, target } = report
  const { rootLock, userName } = plan
  if (rootLock === undefined || rootLock.accessKeyIds.length === 0) return rootLock
  const key = outcome.secrets.accessKey ?? preparation.knownKey
  if (key === undefined) throw new Error('a plan that locks root has a key to prove')
  try {
    const { accountId } = state.caller
    await proveKey(
      parts.api,
      { key, userName, accountId },
      proofPausesMs[target.endpointUrl === undefined ? 'aws' : 'endpoint'],
    )
    await parts.session.terminal.notes.line(`access key ${key.id} of ${userName} works`)
    if (delivery.toShow.accessKey !== undefined)
      await confirmOrFail('Are the secrets kept, and may the root key go?', parts)
    await lockRootKeys(parts.api, rootLock)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.message, { ...definedRemedy(error), report: reportJson(report), cause: error })
  }
  const verb = rootLock.how === 'delete' ? 'deleted' : 'deactivated'
  await parts.session.terminal.notes.line(`${verb} root access key ${rootLock.accessKeyIds.join(', ')}`)
  return rootLock
}

function definedRemedy({ remedy }: Failure): { remedy?: string } {
  return remedy === undefined ? {} : { remedy }
}

async function tellUnchanged(report: ReportParts, { session }: RunParts): Promise<void> {
  if (session.terminal.format === 'json') await printJson(reportJson(report), session)
  else await session.terminal.notes.line('Nothing to do: all of it is there.')
}

async function printJson(value: Record<string, unknown>, session: CommandSession): Promise<void> {
  await session.terminal.results.line(JSON.stringify(value, null, 2))
}

// Standard output may be a pipe that broke: then the secrets are lost, and only making them anew helps.
async function printResult(
  lines: readonly string[],
  { plan, target }: ReportParts,
  session: CommandSession,
): Promise<void> {
  try {
    await session.terminal.results.line(lines.join('\n'))
  } catch (error) {
    throw new Failure(`all was made, but the result with its secrets could not be printed: ${reasonOf(error)}`, {
      remedy: `start over after \`iamd admin create ${plan.userName} --undo${targetOptions(target)}\``,
      cause: error,
    })
  }
}

const nothingMade: Outcome = { made: [], secrets: { password: undefined, accessKey: undefined }, failure: undefined }
const nothingDelivered: Delivery = {
  toShow: nothingMade.secrets,
  csvPath: undefined,
  profileName: undefined,
  problems: [],
}
