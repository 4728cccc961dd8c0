/**
 * P3: a write never commits after the removal of what allowed it. An attacker whose rights are being taken away goes on calling with
 * everything it has, before, in the same batch and after, through the same node and through another.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises' // Turns of the event loop, not time: they decide which batch a call is in.
import { sign } from '@iamd/sigv4'
import { getOperation, type OperationName } from '@iamd/wire'
import { accountStream } from '../../src/account/account-tables.ts'
import type { Journal } from '../../src/journal/journal.ts'
import { createMemoryJournal } from '../../src/journal/memory.ts'
import type { Answer } from '../../src/stages/encode.ts'
import { postCall, type WireInput } from '../wire-call.ts'
import { type Credentials, NOON, seededBytes, World } from '../world.ts'

const RACES = 1_000
const RACES_PER_INSTALLATION = 50
const ATTACKS_PER_RACE = 8

interface Attacker {
  readonly name: string
  readonly credentials: Credentials
}

interface Call {
  readonly operation: OperationName
  readonly input: WireInput
}

const EVERYTHING = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })
const NOTHING = EVERYTHING.replace('Allow', 'Deny')
const ADMINISTRATORS = 'arn:aws:iam::123456789012:policy/Administrators'
const HARMLESS = 'arn:aws:iam::123456789012:policy/Harmless'

/** How the attacker comes by its rights, and the one call that takes them. */
const REMOVALS: readonly { readonly by: 'policy' | 'group' | 'inline'; readonly call: (attacker: Attacker) => Call }[] =
  [
    {
      by: 'policy',
      call: ({ name }) => ({ operation: 'DetachUserPolicy', input: { UserName: name, PolicyArn: ADMINISTRATORS } }),
    },
    {
      by: 'group',
      call: ({ name }) => ({ operation: 'RemoveUserFromGroup', input: { UserName: name, GroupName: name } }),
    },
    {
      by: 'group',
      call: ({ name }) => ({ operation: 'DetachGroupPolicy', input: { GroupName: name, PolicyArn: ADMINISTRATORS } }),
    },
    {
      by: 'inline',
      call: ({ name }) => ({ operation: 'DeleteUserPolicy', input: { UserName: name, PolicyName: 'Inline' } }),
    },
    {
      by: 'policy',
      call: ({ name }) => ({
        operation: 'PutUserPolicy',
        input: { UserName: name, PolicyName: 'Stop', PolicyDocument: NOTHING },
      }),
    },
    {
      by: 'inline',
      call: ({ name, credentials }) => ({
        operation: 'UpdateAccessKey',
        input: { UserName: name, AccessKeyId: credentials.accessKeyId, Status: 'Inactive' },
      }),
    },
    {
      by: 'group',
      call: ({ name, credentials }) => ({
        operation: 'DeleteAccessKey',
        input: { UserName: name, AccessKeyId: credentials.accessKeyId },
      }),
    },
  ]

/** Each changes something whenever it is allowed, and none gives the caller a right that the removal does not take. */
const ATTACKS: readonly ((attacker: Attacker, turn: number) => Call)[] = [
  ({ name }) => ({ operation: 'CreateAccessKey', input: { UserName: name } }),
  ({ name }, turn) => ({ operation: 'CreateUser', input: { UserName: `${name}-${turn}` } }),
  ({ name }, turn) => ({
    operation: 'AttachUserPolicy',
    input: { UserName: name, PolicyArn: `${HARMLESS}-${turn}` },
  }),
]

test('P3: in 1,000 races against the removal of a right or a key, no write of the attacker commits after the removal', async () => {
  const tally = { before: 0, refused: 0 }
  for (let race = 0; race < RACES; race += RACES_PER_INSTALLATION) {
    const installation = await Installation.create(race)
    for (let at = 0; at < RACES_PER_INSTALLATION; at += 1) {
      const { before, refused } = await installation.race(race + at)
      tally.before += before
      tally.refused += refused
    }
    await installation.close()
  }
  // Both sides of the race were run: else it has shown nothing.
  assert.ok(tally.before > RACES && tally.refused > RACES, JSON.stringify(tally))
})

/** Two nodes on one journal whose appends take a while, so that batches form. */
class Installation {
  readonly #journal: Journal
  readonly #nodes: readonly [World, World]
  readonly #random: (length: number) => Uint8Array

  private constructor(journal: Journal, nodes: readonly [World, World], seed: number) {
    this.#journal = journal
    this.#nodes = nodes
    this.#random = seededBytes(`race ${seed}`)
  }

  static async create(seed: number): Promise<Installation> {
    const journal = createMemoryJournal()
    const random = seededBytes(`turns ${seed}`)
    const slow: Journal = {
      ...bound(journal),
      async append(batch) {
        for (let turns = (random(1)[0] ?? 0) % 4; turns > 0; turns -= 1) await nextTurn()
        return journal.append(batch)
      },
    }
    const first = await World.create({ journal: slow })
    await first.change(putPolicies)
    return new Installation(journal, [first, await World.create({ journal: slow })], seed)
  }

  async race(number: number): Promise<{ readonly before: number; readonly refused: number }> {
    const removal = REMOVALS[number % REMOVALS.length]
    assert(removal !== undefined)
    const attacker = await this.#attacker(`attacker-${number}`, removal.by)
    const [node] = this.#nodes
    const removing = this.#send(node, node.root, removal.call(attacker))
    const attacking = Array.from({ length: ATTACKS_PER_RACE }, (_, turn) => {
      const attack = ATTACKS[(number + turn) % ATTACKS.length]
      assert(attack !== undefined)
      return this.#send(this.#nodes[turn % 2 === 0 ? 0 : 1], attacker.credentials, attack(attacker, turn))
    })
    const removed = await removing
    assert.equal(removed.status, 200, removed.body)
    return this.#judge(removed, await Promise.all(attacking))
  }

  async close(): Promise<void> {
    for (const { ledger, bugs } of this.#nodes) {
      assert.deepEqual(bugs, [])
      await ledger.detach()
    }
    await this.#journal.close()
  }

  /** Sends the call some turns from now. */
  async #send(node: World, credentials: Credentials, { operation, input }: Call): Promise<Answer> {
    for (let turns = (this.#random(1)[0] ?? 0) % 6; turns > 0; turns -= 1) await nextTurn()
    const options = { service: { service: 'iam' }, region: 'us-east-1', now: NOON }
    return node.send(sign(postCall(getOperation(operation), input), credentials, options))
  }

  async #judge(
    removed: Answer,
    attacks: readonly Answer[],
  ): Promise<{ readonly before: number; readonly refused: number }> {
    const positions = new Map<string, number>()
    const { entries } = await this.#journal.load(accountStream('123456789012'))
    for await (const { requestId, position } of entries) positions.set(requestId, position)
    const removedAt = positions.get(removed.requestId)
    assert(removedAt !== undefined, 'the removal was acknowledged and is not in the journal')
    for (const { requestId, status, body } of attacks) {
      const position = positions.get(requestId)
      assert.equal(position !== undefined, status === 200, `acknowledged if and only if it is in the journal: ${body}`)
      assert.ok(position === undefined || position < removedAt, `committed at ${position}, removed at ${removedAt}`)
      if (status !== 200) assert.match(body, /<Code>(?:AccessDenied|InvalidClientTokenId|LimitExceeded)<\/Code>/)
    }
    const before = attacks.filter(({ status }) => status === 200).length
    return { before, refused: attacks.length - before }
  }

  async #attacker(name: string, by: 'policy' | 'group' | 'inline'): Promise<Attacker> {
    const [node, other] = this.#nodes
    const credentials = await node.createUser(name)
    await node.change((account) => {
      const userId = account.users.find(name)?.id
      assert(userId !== undefined)
      const attachedAt = NOON.toISOString()
      if (by === 'inline') account.inlinePolicies.put({ ownerId: userId, name: 'Inline', document: EVERYTHING })
      if (by === 'policy') account.attachments.put({ ownerId: userId, policyArn: ADMINISTRATORS, attachedAt })
      if (by !== 'group') return
      account.groups.put({ id: `AGPA${name}`, name, path: '/', createdAt: attachedAt })
      account.memberships.put({ userId, groupId: `AGPA${name}`, addedAt: attachedAt })
      account.attachments.put({ ownerId: `AGPA${name}`, policyArn: ADMINISTRATORS, attachedAt })
    })
    // The other node has followed when it knows the key.
    while (
      other.account.attachments.size !== node.account.attachments.size ||
      other.account.inlinePolicies.size !== node.account.inlinePolicies.size
    )
      await nextTurn()
    return { name, credentials }
  }
}

function putPolicies(account: Parameters<Parameters<World['change']>[0]>[0]): void {
  const createdAt = NOON.toISOString()
  const harmless = EVERYTHING.replace('"Action":"*"', '"Action":"s3:GetObject"')
  const names = ['Administrators', ...Array.from({ length: ATTACKS_PER_RACE }, (_, turn) => `Harmless-${turn}`)]
  for (const name of names) {
    const document = name === 'Administrators' ? EVERYTHING : harmless
    const id = `ANPA${name}`
    const policy = { id, name, path: '/', description: undefined, createdAt, updatedAt: createdAt, tags: [] }
    account.policies.put({ ...policy, defaultVersion: 1, lastVersion: 1 })
    account.policyVersions.put({ policyId: id, version: 1, document, createdAt })
  }
}

/** The journal's methods as plain functions, so that one can be replaced. */
function bound(journal: Journal): Journal {
  return {
    streams: () => journal.streams(),
    load: (stream) => journal.load(stream),
    append: (batch) => journal.append(batch),
    recover: () => journal.recover(),
    find: (entryId) => journal.find(entryId),
    follow: (position, deliver) => journal.follow(position, deliver),
    writeSnapshot: (snapshot) => journal.writeSnapshot(snapshot),
    head: () => journal.head(),
    close: () => journal.close(),
  }
}
