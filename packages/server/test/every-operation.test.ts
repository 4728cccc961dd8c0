/**
 * What must hold for every operation, whatever it does: it needs a good signature, its own action on its own resource, and
 * nothing else. An operation that is registered is in here by that; `operation-sample.ts` says how it is called.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presign, sign, type SigningOptions } from '@iamd/sigv4'
import { getOperation, type OperationModel } from '@iamd/wire'
import { operations } from '../src/operations/registry.ts'
import type { Answer } from '../src/stages/encode.ts'
import { badCalls, type Build, type Code, keysOf } from './bad-signature.ts'
import { NEEDS_NO_PERMISSION, type OperationSample, sampleOf } from './operation-sample.ts'
import { fillAccount } from './standing-account.ts'
import { getCall, postCall, refusalOf } from './wire-call.ts'
import { type Statement, World } from './world.ts'

const REGION = 'us-east-1'
const CALLER = 'arn:aws:iam::123456789012:user/Caller'

for (const name of operations.keys()) {
  const model = getOperation(name)
  const sample = (): OperationSample => sampleOf(name)

  test(`A-05: ${name} takes a signature in the header and in the query, and refuses each that is bad with AWS's code`, async () => {
    const world = await standingWorld()
    const keys = await keysOf(world)
    for (const build of waysToSend(model, sample())) {
      for (const { what, call, code, message } of badCalls(build, keys, signing(world, model))) {
        const refusal = refusalOf(await world.send(call))
        assert.equal(refusal.code, codeOf(model, code), `${what}: ${refusal.message}`)
        assert.match(refusal.message, message, what)
        assert.equal(refusal.status, statusOf(model), what)
      }
      const good = await standingWorld()
      const { caller } = await keysOf(good)
      assertDone(await good.send(build(caller, signing(good, model))))
    }
    assert.deepEqual(world.bugs, [])
  })

  if (NEEDS_NO_PERMISSION.includes(name)) {
    test(`${name} needs no permission: it is allowed without any policy and under an explicit deny`, async () => {
      assertDone(await answerTo(model, sample()))
      assertDone(await answerTo(model, sample(), { Effect: 'Deny', Action: '*', Resource: '*' }))
    })
    continue
  }

  test(`F-13, F-14: ${name} is denied with AWS's sentence to who may do everything else, and allowed to who may do nothing else`, async () => {
    const { resource, also = [] } = sample()
    const others = also.map((need) => ({ Effect: 'Allow' as const, Action: need.action, Resource: need.resource }))
    const action = `${model.service}:${name}`
    const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const
    const noneAllows = `because no identity-based policy allows the ${action} action`
    assertDenied(await answerTo(model, sample()), { model, resource, reason: noneAllows })
    const allButThis = { Effect: 'Allow', NotAction: action, Resource: '*' } as const
    assertDenied(await answerTo(model, sample(), allButThis), { model, resource, reason: noneAllows })
    const denied = await answerTo(model, sample(), everything, { Effect: 'Deny', Action: action, Resource: '*' })
    assertDenied(denied, { model, resource, reason: 'with an explicit deny in an identity-based policy' })
    assertDone(await answerTo(model, sample(), { Effect: 'Allow', Action: action, Resource: resource }, ...others))
    if (resource === '*') return
    const elsewhere = { Effect: 'Allow', Action: action, Resource: [`${resource}-`, 'arn:aws:iam::1:*'] } as const
    assertDenied(await answerTo(model, sample(), elsewhere), { model, resource, reason: noneAllows })
    const allElse = { Effect: 'Allow', Action: '*', NotResource: resource } as const
    assertDenied(await answerTo(model, sample(), allElse), { model, resource, reason: noneAllows })
  })
}

test('no operation needs no permission unless the table says so, and the table names only operations that there are', () => {
  for (const name of NEEDS_NO_PERMISSION) assert.ok(operations.has(name), name)
})

/** The answer in a fresh standing account to a user with these statements. */
async function answerTo(model: OperationModel, sample: OperationSample, ...statements: Statement[]): Promise<Answer> {
  const world = await standingWorld()
  const caller = await world.createUser('Caller', ...statements)
  const answer = await world.send(sign(postCall(model, sample.input), caller, signing(world, model)))
  assert.deepEqual(world.bugs, [])
  return answer
}

async function standingWorld(): Promise<World> {
  const world = await World.create()
  await fillAccount(world)
  return world
}

function signing(world: World, { service }: OperationModel): SigningOptions {
  return { service: { service }, region: REGION, now: world.now }
}

/** A call with its signature in the header and, of services that take parameters in the query, in the query. */
function waysToSend(model: OperationModel, { input }: OperationSample): Build[] {
  const inHeader: Build = (credentials, options) => sign(postCall(model, input), credentials, options)
  if (model.service === 'iamd') return [inHeader]
  return [inHeader, (credentials, options) => presign(getCall(model, input), credentials, options)]
}

/** The JSON protocol has names of its own, and one status (stages/encode.ts). */
function codeOf({ service }: OperationModel, code: Code | 'AccessDenied'): string {
  return service === 'iamd' ? JSON_CODES[code] : code
}

function statusOf({ service }: OperationModel): number {
  return service === 'iamd' ? 400 : 403
}

const JSON_CODES = {
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  InvalidClientTokenId: 'UnrecognizedClientException',
  AccessDenied: 'AccessDeniedException',
} as const

function assertDone(answer: Answer): void {
  assert.equal(answer.status, 200, `allowed, and yet: ${answer.body}; add a row to ROWS in operation-sample.ts`)
}

function assertDenied(
  answer: Answer,
  { model, resource, reason }: { readonly model: OperationModel; readonly resource: string; readonly reason: string },
): void {
  // STS does not name a resource where the action has none.
  const where = resource === '*' && model.service === 'sts' ? '' : ` on resource: ${resource}`
  assert.deepEqual(refusalOf(answer), {
    status: statusOf(model),
    code: codeOf(model, 'AccessDenied'),
    message: `User: ${CALLER} is not authorized to perform: ${model.service}:${model.name}${where} ${reason}`,
  })
}
