/** A clock that jumps: signatures are judged by it, entries keep their order without it, and nothing ends because of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HttpRequest, sign } from '@iamd/sigv4'
import { getOperation, type OperationName } from '@iamd/wire'
import { accountStream } from '../../src/account/account-tables.ts'
import { createMemoryJournal } from '../../src/journal/memory.ts'
import { postCall, refusalOf, type WireInput } from '../wire-call.ts'
import { NOON, World } from '../world.ts'

const HOUR_MS = 3_600_000
/** Where the clock stands at each step, as hours from noon: forwards and backwards, by seconds and by centuries. */
const JUMPS = [0, 0.01, -1, 24, -24 * 365, 24 * 365 * 50, -24 * 365 * 56, 24 * 365 * 1_000, 0, -0.01]

interface Call {
  readonly operation: OperationName
  readonly input: WireInput
}

/** The root user's call, signed with that time. */
function signedAt(world: World, now: Date, { operation, input }: Call = LIST_USERS): HttpRequest {
  const options = { service: { service: 'iam' }, region: 'us-east-1', now }
  return sign(postCall(getOperation(operation), input), world.root, options)
}

const LIST_USERS: Call = { operation: 'ListUsers', input: {} }

test('A-10: a signature is judged by the clock as it stands when the request comes, however it got there', async () => {
  const world = await World.create()
  for (const hours of JUMPS) {
    world.now = new Date(NOON.getTime() + hours * HOUR_MS)
    const minutes = (count: number): Date => new Date(world.now.getTime() + count * 60_000)
    assert.equal((await world.send(signedAt(world, world.now))).status, 200, world.now.toISOString())
    assert.equal((await world.send(signedAt(world, minutes(-15)))).status, 200)
    assert.equal((await world.send(signedAt(world, minutes(5)))).status, 200)
    const expired = refusalOf(await world.send(signedAt(world, minutes(-16))))
    assert.match(expired.message, /^Signature expired: /)
    const early = refusalOf(await world.send(signedAt(world, minutes(6))))
    assert.match(early.message, /^Signature not yet current: /)
  }
  assert.deepEqual(world.bugs, [])
})

test('a clock that jumps leaves every write in the order of its commit, with the time that the clock showed', async () => {
  const journal = createMemoryJournal()
  const world = await World.create({ journal })
  const expected: string[] = []
  for (const [at, hours] of JUMPS.entries()) {
    world.now = new Date(NOON.getTime() + hours * HOUR_MS)
    const { status, body } = await world.send(
      signedAt(world, world.now, { operation: 'CreateUser', input: { UserName: `user-${at}` } }),
    )
    assert.equal(status, 200, body)
    expected.push(world.now.toISOString())
  }
  const { entries } = await journal.load(accountStream(world.accountId))
  const created = []
  for await (const entry of entries) if (entry.action === 'iam:CreateUser') created.push(entry)
  assert.deepEqual(
    created.map(({ time }) => time),
    expected,
  )
  const positions = created.map(({ position }) => position)
  assert.deepEqual(
    positions,
    positions.toSorted((a, b) => a - b),
  )
  assert.equal(new Set(created.map(({ previousHash }) => previousHash)).size, created.length)
  world.now = NOON
  const again = await World.create({ journal })
  assert.equal(again.account.users.size, JUMPS.length)
})

test('keys that were made while the clock jumped are listed once each, page by page, and each works', async () => {
  const world = await World.create()
  assert.equal(
    (await world.send(signedAt(world, NOON, { operation: 'CreateUser', input: { UserName: 'Owner' } }))).status,
    200,
  )
  for (const hours of [2, -2]) {
    world.now = new Date(NOON.getTime() + hours * HOUR_MS)
    assert.equal(
      (await world.send(signedAt(world, world.now, { operation: 'CreateAccessKey', input: { UserName: 'Owner' } })))
        .status,
      200,
    )
  }
  const ids: string[] = []
  let marker: string | undefined
  do {
    const input = { UserName: 'Owner', MaxItems: 1, ...(marker === undefined ? {} : { Marker: marker }) }
    const { body } = await world.send(signedAt(world, world.now, { operation: 'ListAccessKeys', input }))
    ids.push(...[...body.matchAll(/<AccessKeyId>(\w+)</g)].map(([, id = '']) => id))
    marker = /<Marker>([^<]+)</.exec(body)?.[1]
  } while (marker !== undefined)
  assert.equal(new Set(ids).size, 2)
  assert.equal(ids.length, 2)
})

test('conditions on time follow the clock: what it has passed is denied, and allowed again when it is set back', async () => {
  const world = await World.create()
  const caller = await world.createUser('Caller', {
    Effect: 'Allow',
    Action: 'iam:ListUsers',
    Resource: '*',
    Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-22T13:00:00Z' } },
  })
  const statuses: number[] = []
  for (const hours of [0, 2, 0.5, 24 * 365, -24]) {
    world.now = new Date(NOON.getTime() + hours * HOUR_MS)
    const options = { service: { service: 'iam' }, region: 'us-east-1', now: world.now }
    statuses.push((await world.send(sign(postCall(getOperation('ListUsers'), {}), caller, options))).status)
  }
  assert.deepEqual(statuses, [200, 403, 200, 403, 200])
})
