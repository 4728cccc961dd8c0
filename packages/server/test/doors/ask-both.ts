/**
 * The same question through both doors: the call itself, signed by the user, and SimulatePrincipalPolicy about the user with the
 * context that the call has.
 */
import { randomUUID } from 'node:crypto'
import { type RequestContext, lowerCaseAscii } from '@iamd/policy'
import { type HttpRequest, sign } from '@iamd/sigv4'
import { getOperation } from '@iamd/wire'
import type { AccountImage } from '../../src/account/account-tables.ts'
import { userArn } from '../../src/account/arns.ts'
import type { UserPrincipal } from '../../src/account/principal.ts'
import { requestContext } from '../../src/authority/request-context.ts'
import { type Ask, NO_PERMISSION_NEEDED } from '../../src/operations/operation.ts'
import { decode } from '../../src/stages/decode.ts'
import { route } from '../../src/stages/route.ts'
import { postCall, refusalOf, type WireInput, type WireValue } from '../wire-call.ts'
import type { Credentials, World } from '../world.ts'
import type { RandomCall } from './random-call.ts'
import { SUBJECT } from './random-account.ts'
import { CONTEXT_KEYS } from './random-policies.ts'

export type Effect = 'allowed' | 'explicitDeny' | 'implicitDeny'

export interface Answers {
  readonly enforced: Effect
  readonly simulated: Effect
  /** Of the simulation, when a boundary has a say. */
  readonly allowedByBoundary: boolean | undefined
}

const REGION = 'us-east-1'
const SOURCE_IP = '192.0.2.10'

/** The simulation goes first, for the call may change what it is about. */
export async function askBoth(world: World, credentials: Credentials, call: RandomCall): Promise<Answers> {
  const model = getOperation(call.name)
  const signing = { service: { service: model.service }, region: REGION, now: world.now }
  const request = sign(postCall(model, call.input), credentials, signing)
  const simulated = await simulate(world, credentials, { ...call, request })
  const answer = await world.send({ ...request, body: bodyOf(request) })
  const { code, message } = refusalOf(answer)
  // An operation that cannot go on for other reasons has been let pass.
  if (code !== 'AccessDenied') return { enforced: 'allowed', ...simulated }
  return { enforced: message.includes('with an explicit deny') ? 'explicitDeny' : 'implicitDeny', ...simulated }
}

type Simulated = Omit<Answers, 'enforced'>

/** The first of what the operation asks that is not allowed, as the server denies. */
async function simulate(
  world: World,
  credentials: Credentials,
  { name, request }: RandomCall & { readonly request: HttpRequest },
): Promise<Simulated> {
  const image = world.ledger.images.account(world.accountId)
  if (image === undefined) throw new Error('no account')
  const principal = subjectOf(world, image, credentials)
  const received = {
    ...request,
    body: bodyOf(request),
    requestId: randomUUID(),
    sourceIp: SOURCE_IP,
    isSecureTransport: true,
  }
  const decoded = decode({ ...route(received), principal, region: REGION })
  const { tables: account } = image
  const { tables: directory } = world.ledger.images.directory
  const view = { principal, accountId: world.accountId, account, directory, now: world.now }
  const ask = decoded.operation.authorize(decoded.input, view)
  const all: Omit<Ask, 'also'>[] = ask === NO_PERMISSION_NEEDED ? [{ resource: '*' }] : [ask, ...(ask.also ?? [])]
  let last: Simulated = { simulated: 'implicitDeny', allowedByBoundary: undefined }
  for (const { action = `${decoded.service.name}:${name}`, resource, context } of all) {
    const facts = {
      principal,
      now: world.now,
      region: REGION,
      sourceIp: SOURCE_IP,
      isSecureTransport: true,
      header: () => undefined,
    }
    const tags = account.users.findBy('id', principal.id)?.tags ?? []
    const keys = requestContext({ facts, principalTags: () => tags, operation: context })
    last = await askSimulator(world, {
      PolicySourceArn: principal.arn,
      ...question(action, resource),
      ...entriesOf(keys),
    })
    if (last.simulated !== 'allowed') return last
  }
  return last
}

function subjectOf(world: World, image: AccountImage, { accessKeyId }: Credentials): UserPrincipal {
  const user = image.tables.users.find(SUBJECT.toLowerCase())
  if (user === undefined) throw new Error('the user is gone')
  const { accountId } = world
  return {
    kind: 'user',
    accountId,
    arn: userArn(accountId, user.path, user.name),
    id: user.id,
    name: user.name,
    accessKeyId,
  }
}

function question(action: string, resource: string): WireInput {
  return { ActionNames: [action], ...(resource === '*' ? {} : { ResourceArns: [resource] }) }
}

function entriesOf(context: RequestContext): WireInput {
  const ContextEntries = CONTEXT_KEYS.flatMap((ContextKeyName): WireValue[] => {
    const value = context.get(lowerCaseAscii(ContextKeyName))
    if (value === undefined) return []
    if (typeof value === 'string') return [{ ContextKeyName, ContextKeyType: 'string', ContextKeyValues: [value] }]
    return [{ ContextKeyName, ContextKeyType: 'stringList', ContextKeyValues: [...value] }]
  })
  return { ContextEntries }
}

async function askSimulator(world: World, input: WireInput): Promise<Simulated> {
  const signing = { service: { service: 'iam' }, region: REGION, now: world.now }
  const request = sign(postCall(getOperation('SimulatePrincipalPolicy'), input), world.root, signing)
  const { status, body } = await world.send({ ...request, body: bodyOf(request) })
  const [, decision] = /<EvalDecision>(allowed|explicitDeny|implicitDeny)<\/EvalDecision>/.exec(body) ?? []
  if (status !== 200 || decision === undefined) throw new Error(`the simulator answers ${body}`)
  const [, boundary] = /<AllowedByPermissionsBoundary>(true|false)</.exec(body) ?? []
  const allowedByBoundary = boundary === undefined ? undefined : boundary === 'true'
  return { simulated: effectOf(decision), allowedByBoundary }
}

function effectOf(decision: string): Effect {
  return decision === 'allowed' || decision === 'explicitDeny' ? decision : 'implicitDeny'
}

function bodyOf({ body }: HttpRequest): Uint8Array {
  return body ?? new Uint8Array()
}
