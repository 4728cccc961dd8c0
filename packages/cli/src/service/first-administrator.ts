// The first administrator of a fresh installation: the steps of `iamd admin create`, signed by the root key, without questions.
import { openSdkAccount } from '../account/sdk-account.ts'
import { readAccountState } from '../admin/account-state.ts'
import { assertValidRequest, type AdminRequest } from '../admin/admin-request.ts'
import { applyPlan, type Outcome } from '../admin/apply-plan.ts'
import { describeThing } from '../admin/describe.ts'
import { lockRootKeys, proofPausesMs, proveKey } from '../admin/lock-root.ts'
import { obtainPassword } from '../admin/obtain-password.ts'
import { planAdministrator } from '../admin/plan.ts'
import type { CommandSession } from '../command.ts'
import { Failure, reasonOf } from '../failure.ts'

/** What the administrator signs in and signs with; shown once. */
export type FirstAdministrator = {
  readonly accountId: string
  readonly userName: string
  readonly password: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What the first administrator is made with. */
export type FirstAdministratorParts = {
  readonly url: string
  readonly rootKey: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Whether the root key stays; else it is deleted when the new key has proved to work. */
  readonly keepsRootKey: boolean
  readonly session: CommandSession
  readonly signal: AbortSignal
}

/** The request of which `createFirstAdministrator` is the answer; throws a `Failure` for a name that IAM does not allow. */
export function firstAdministratorRequest(userName: string): AdminRequest {
  const request: AdminRequest = {
    userName,
    groupName: 'Administrators',
    path: '/',
    tags: [],
    wantsConsole: true,
    wantsProgrammatic: true,
    passwordFrom: 'generator',
    requiresPasswordReset: false,
    csvPath: undefined,
    profile: undefined,
    rootLock: 'delete',
  }
  assertValidRequest(request)
  return request
}

/** Makes the administrator by signed calls, proves the new key, and locks root away. Rejects with a `Failure`. */
export async function createFirstAdministrator(
  request: AdminRequest,
  { url, rootKey, keepsRootKey, session, signal }: FirstAdministratorParts,
): Promise<FirstAdministrator> {
  const { notes } = session.terminal
  const target = { endpointUrl: url, region: 'us-east-1', profile: undefined }
  const api = openSdkAccount(target, { id: rootKey.accessKeyId, secret: rootKey.secretAccessKey })
  const state = await readAccountState(api, request)
  const plan = planAdministrator(request, state)
  const password = await obtainPassword('generator', state.passwordPolicy, session)
  const outcome = await applyPlan(plan, {
    api,
    password,
    signal,
    onMade: (thing) => notes.line(`made ${describeThing(thing)}`),
  })
  const key = madeKeyOf(outcome)
  const { accountId } = state.caller
  const { userName } = plan
  await proveKey(api, { key, userName, accountId }, proofPausesMs.endpoint)
  if (!keepsRootKey && plan.rootLock !== undefined) {
    await lockRootKeys(api, plan.rootLock)
    await notes.line(`deleted root access key ${plan.rootLock.accessKeyIds.join(', ')}`)
  }
  return { accountId, userName, password: password.text, accessKeyId: key.id, secretAccessKey: key.secret }
}

function madeKeyOf({ failure, secrets }: Outcome): { readonly id: string; readonly secret: string } {
  if (failure !== undefined) {
    const { thing, error } = failure
    throw new Failure(`could not make ${describeThing(thing)}: ${reasonOf(error)}`, { cause: error })
  }
  if (secrets.accessKey === undefined) throw new Error('a plan for a fresh account makes an access key')
  return secrets.accessKey
}
