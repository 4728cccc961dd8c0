import { Failure } from '../failure.ts'
import type { AccessKeyPair, AccountApi, GroupName } from '../account/account-api.ts'
import { recordTags } from './made-by.ts'
import type { Plan, Thing } from './plan.ts'

/** The secrets of the new user that this run made, none of which can be read again. */
export type Secrets = {
  /** The generated password; a password that a person chose is not here, they know it. */
  readonly password: string | undefined
  readonly accessKey: AccessKeyPair | undefined
}

/** What a run made, up to its end or to its first failure. */
export type Outcome = {
  readonly made: readonly Thing[]
  readonly secrets: Secrets
  readonly failure: { readonly thing: Thing; readonly error: Error } | undefined
}

/** The password for the new user: chosen by a person, or by the generator. */
export type NewPassword = { readonly text: string; readonly isGenerated: boolean }

/** What making things needs beside the plan. */
export type ApplyParts = {
  readonly api: AccountApi
  /** Undefined if the plan makes no password. */
  readonly password: NewPassword | undefined
  readonly onMade: (thing: Thing) => Promise<void>
  /** Once aborted, nothing more is begun. */
  readonly signal: AbortSignal
}

/** Makes what the plan lacks, in its order, and stops at the first failure; it never rejects, since secrets may exist. */
export async function applyPlan(plan: Plan, parts: ApplyParts): Promise<Outcome> {
  const made: Thing[] = []
  let secrets: Secrets = { password: undefined, accessKey: undefined }
  let madeGroup: GroupName | undefined
  for (const thing of plan.missing) {
    try {
      if (parts.signal.aborted) throw new Failure('it was interrupted')
      const result = await make(thing, parts, madeGroup)
      if (result.group !== undefined) madeGroup = result.group
      secrets = { ...secrets, ...result.secrets }
      made.push(thing)
    } catch (error) {
      return { made, secrets, failure: { thing, error: error instanceof Error ? error : new Error(String(error)) } }
    }
    // Progress is for whoever watches; if nobody does any more, the work goes on, since a report follows.
    await parts.onMade(thing).catch(() => undefined)
  }
  return { made, secrets, failure: undefined }
}

type Result = { readonly group?: GroupName; readonly secrets?: Partial<Secrets> }

async function make(thing: Thing, { api, password }: ApplyParts, madeGroup: GroupName | undefined): Promise<Result> {
  switch (thing.kind) {
    case 'group':
      return { group: await api.createGroup(thing.groupName) }
    case 'policy':
      await api.attachGroupPolicy(thing.groupName, thing.policyArn)
      return {}
    case 'user':
      await api.createUser({ name: thing.userName, path: thing.path, tags: [...thing.tags, ...recordTags(madeGroup)] })
      return {}
    case 'membership':
      await api.addUserToGroup(thing.userName, thing.groupName)
      return {}
    case 'password':
      return makePassword(thing, api, password)
    case 'access key':
      return { secrets: { accessKey: await api.createAccessKey(thing.userName) } }
    default:
      return thing satisfies never
  }
}

async function makePassword(
  { userName, isResetRequired }: Thing & { kind: 'password' },
  api: AccountApi,
  password: NewPassword | undefined,
): Promise<Result> {
  if (password === undefined) throw new Failure('there is no password to set')
  await api.createLoginProfile(userName, { password: password.text, isResetRequired })
  return password.isGenerated ? { secrets: { password: password.text } } : {}
}
