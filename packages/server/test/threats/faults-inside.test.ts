/** O-05 and its relatives: what is thrown inside the server denies or fails the one call, says nothing of itself, and ends there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sign } from '@iamd/sigv4'
import { getOperation, type OperationName } from '@iamd/wire'
import { operations } from '../../src/operations/registry.ts'
import type { Answer } from '../../src/stages/encode.ts'
import { sampleOf } from '../operation-sample.ts'
import { SocketServer } from '../servers/socket-server.ts'
import { fillAccount } from '../standing-account.ts'
import { postCall, refusalOf } from '../wire-call.ts'
import { type Credentials, World, type WorldOptions } from '../world.ts'

const DETAIL = 'detail that is nobody else’s business'
const INTERNAL = {
  status: 500,
  code: 'InternalFailure',
  message: 'The request processing has failed because of an unknown error, exception or failure.',
}

test('a handler that throws what is no fault answers InternalFailure without detail, is told of once, and the next call works', async (t) => {
  for (const operation of operations.values()) {
    const world = await standingWorld()
    const broken = t.mock.method(operation, 'handle', () => {
      throw new TypeError(DETAIL)
    })
    const answer = await call(world, operation.name)
    assert.deepEqual(refusalOf(answer), INTERNAL, operation.name)
    assert.doesNotMatch(answer.body, /detail|TypeError|\.ts/)
    assert.deepEqual(world.bugRequestIds, [answer.requestId], operation.name)
    broken.mock.restore()
    assert.equal((await call(world, operation.name)).status, 200, operation.name)
    assert.equal(world.bugs.length, 1)
  }
})

test('a handler that throws changes nothing, whatever it had changed before', async (t) => {
  const world = await standingWorld()
  const operation = operations.get('DeleteUser')
  assert(operation?.kind === 'write')
  const caller = await world.createUser('Caller', { Effect: 'Allow', Action: '*', Resource: '*' })
  const whole = { ...operation }
  t.mock.method(operation, 'handle', (...parameters: Parameters<typeof whole.handle>) => {
    whole.handle(...parameters)
    throw new TypeError(DETAIL)
  })
  const head = world.ledger.images.account(world.accountId)?.revision
  assert.equal((await call(world, 'DeleteUser', caller)).status, 500)
  assert.equal(world.ledger.images.account(world.accountId)?.revision, head)
  assert.ok(world.account.users.find('free'))
})

test('an answer that the model does not know is no answer, but InternalFailure', async (t) => {
  for (const output of [undefined, null, 'text', { User: 'text' }, { User: { Path: 1 } }, { User: [] }]) {
    const world = await standingWorld()
    const operation = operations.get('GetUser')
    assert(operation !== undefined)
    const broken = t.mock.method(operation, 'handle', () => output)
    const answer = await call(world, 'GetUser')
    assert.ok(answer.status === 500, `${JSON.stringify(output)}: ${answer.body}`)
    broken.mock.restore()
  }
})

test('O-05: an operation that cannot say what it asks lets nobody through', async (t) => {
  const asks: readonly (() => unknown)[] = [
    () => {
      throw new TypeError(DETAIL)
    },
    () => undefined,
    () => null,
    () => true,
    () => Promise.resolve('no permission needed'),
    () => 'No permission needed',
    () => [],
    () => ({}),
    () => ({ resource: undefined }),
    () => ({ resource: 7 }),
    () => ({ resource: ['*'] }),
    () => ({ resource: { toString: () => OWN } }),
    () => ({ resource: OWN, also: [undefined] }),
    () => ({ resource: OWN, also: 'iam:TagUser' }),
    () => ({ resource: OWN, also: [{ action: 'iam:GetUser', resource: 'arn:aws:iam::123456789012:user/path/Other' }] }),
  ]
  for (const ask of asks) {
    const world = await standingWorld()
    const caller = await world.createUser('Caller', { Effect: 'Allow', Action: 'iam:GetUser', Resource: OWN })
    assert.equal((await call(world, 'GetUser', caller)).status, 200)
    const operation = operations.get('GetUser')
    assert(operation !== undefined)
    const broken = t.mock.method(operation, 'authorize', ask)
    const answer = await call(world, 'GetUser', caller)
    assert.ok(answer.status === 403 || answer.status === 500, `${ask.toString()}: ${answer.body}`)
    assert.doesNotMatch(answer.body, /detail|TypeError/)
    broken.mock.restore()
  }
})

test('O-05: policies that cannot be had are a denial; where something was thrown, an operator is told', async () => {
  const sources: readonly (() => unknown)[] = [
    () => {
      throw new TypeError(DETAIL)
    },
    () => {
      throw undefined // oxlint-disable-line only-throw-error -- what a dependency throws need not be an error
    },
    () => undefined,
    () => null,
    () => true,
    () => NaN,
    () => ({}),
    () => ({ kind: 'root' }),
    () => ({ identity: undefined }),
    () => ({ identity: { effect: 'allow' } }),
    () => ({ identity: { candidates: () => ({ denies: [], allows: [{}] }) } }),
    () => Promise.resolve({ kind: 'root' }),
  ]
  for (const policiesOf of sources) {
    // The type is what is broken here.
    const world = await standingWorld({ policies: { policiesOf: policiesOf as () => object } })
    const refusal = refusalOf(await call(world, 'GetUser'))
    assert.deepEqual([refusal.status, refusal.code], [403, 'AccessDenied'], policiesOf.toString())
    assert.doesNotMatch(refusal.message, /detail/)
    if (policiesOf.toString().includes('throw')) assert.ok(world.bugs.length > 0, policiesOf.toString())
    assert.equal((await call(world, 'GetCallerIdentity')).status, 200)
  }
})

test('O-05: a condition key that cannot be worked out denies, for an Allow and for a Deny that asks for it', async (t) => {
  const onTeam = { StringNotEquals: { 'aws:ResourceTag/Team': 'b' } }
  const allow = { Effect: 'Allow', Action: 'iam:GetUser', Resource: OWN } as const
  for (const statements of [
    [{ ...allow, Condition: onTeam }],
    [
      allow,
      {
        Effect: 'Deny',
        Action: 'iam:GetUser',
        Resource: OWN,
        Condition: { StringEquals: { 'aws:ResourceTag/Team': 'b' } },
      },
    ],
  ] as const) {
    const world = await standingWorld()
    const caller = await world.createUser('Caller', ...statements)
    assert.equal((await call(world, 'GetUser', caller)).status, 200)
    const operation = operations.get('GetUser')
    assert(operation !== undefined)
    const broken = t.mock.method(operation, 'authorize', () => ({
      resource: OWN,
      context: {
        get 'aws:ResourceTag/Team'(): string {
          throw new TypeError(DETAIL)
        },
      },
    }))
    assert.equal(refusalOf(await call(world, 'GetUser', caller)).code, 'AccessDenied')
    broken.mock.restore()
  }
})

test('a call is answered as it went when its use cannot be noted, and an operator is told', async (t) => {
  const world = await standingWorld()
  t.mock.method(world.activity, 'noteKeyUse', () => {
    throw new TypeError(DETAIL)
  })
  for (const name of ['GetUser', 'DeleteUser'] as const) {
    const answer = await call(world, name)
    assert.equal(answer.status, 200, name)
    assert.equal(world.bugRequestIds.at(-1), answer.requestId)
  }
  const nobody = await world.createUser('Nobody')
  assert.equal(refusalOf(await call(world, 'GetUser', nobody)).code, 'AccessDenied')
})

test('what is thrown where nothing may throw is InternalFailure over the socket too, at once or later, and the server goes on', async () => {
  const broken: Readonly<Record<string, () => never | Promise<never>>> = {
    'thrown at once': () => {
      throw new TypeError(DETAIL)
    },
    'thrown later': () => Promise.reject(new TypeError(DETAIL)),
  }
  for (const [what, answer] of Object.entries(broken)) {
    await using server = await SocketServer.start({ answer })
    for (let at = 1; at <= 2; at += 1) {
      const { statuses, received } = await server.exchange(server.goodCall())
      assert.deepEqual(statuses, [500], what)
      assert.match(received, /<Code>InternalFailure<\/Code>/)
      assert.doesNotMatch(received, /detail|TypeError/)
      assert.equal(server.bugs.length, at)
    }
  }
})

const OWN = 'arn:aws:iam::123456789012:user/path/Standing'

async function standingWorld(options?: WorldOptions): Promise<World> {
  const world = await World.create(options)
  await fillAccount(world)
  return world
}

/** The operation's own call, of a user who may do everything unless told otherwise. World.createUser makes the same user again. */
async function call(world: World, name: OperationName, credentials?: Credentials): Promise<Answer> {
  const model = getOperation(name)
  const caller = credentials ?? (await world.createUser('Caller', { Effect: 'Allow', Action: '*', Resource: '*' }))
  const options = { service: { service: model.service }, region: 'us-east-1', now: world.now }
  return world.send(sign(postCall(model, sampleOf(name).input), caller, options))
}
