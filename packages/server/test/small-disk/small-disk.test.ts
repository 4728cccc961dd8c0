/**
 * The whole server on a file system that is really full, or really read-only, under signed calls: writes are refused, reads
 * go on, nothing that was acknowledged is lost, and writes come back without a restart. No mount becomes read-only while a
 * server writes to it, the kernel sees to that; what a disk does that turns read-only by itself is in ../crash (EROFS).
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Credentials } from '@iamd/sigv4'
import { IamdChild, startCommand } from '../crash/server/iamd-child.ts'
import { type SignedAnswer, SignedClient, textsIn } from '../crash/server/signed-client.ts'
import { SmallDisk } from './small-disk.ts'

const WRITERS = 8
const DISK_MEGABYTES = 6
/** Room for a second of writes, then none. */
const LEFT_BYTES = 300 * 1024
const ROUNDS = 3

test('D-6: on a full file system writes are refused and reads go on, and writes come back with the room, again and again', async () => {
  await using disk = await SmallDisk.mount(DISK_MEGABYTES)
  const start = disk.command(startCommand(disk.directory, 1))
  await using server = await IamdChild.start(start)
  const root = rootOf(server)
  const acknowledged: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    disk.fill(LEFT_BYTES)
    const names = await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) => writeUntilRefused(server, root, `full-${round}-${writer}`)),
    )
    acknowledged.push(...names.flat())
    await assertReads(server, root, acknowledged)
    disk.free()
    acknowledged.push(await writeAgain(server, root, `after-${round}`))
  }
  await server.kill()
  await using again = await IamdChild.start(start)
  await assertReads(again, root, acknowledged)
  await again.stop()
})

test('D-6: a start on a full file system fails in one line that says so, and succeeds with the room', async () => {
  await using disk = await SmallDisk.mount(DISK_MEGABYTES)
  const start = disk.command(startCommand(disk.directory, 1))
  await using server = await IamdChild.start(start)
  const root = rootOf(server)
  const name = await writeAgain(server, root, 'before')
  await server.stop()
  disk.fill()
  await assert.rejects(
    IamdChild.start(start),
    /^Error: iamd: "[^\n]+" cannot be (?:locked|used): ENOSPC: no space left on device[^\n]+; check that [^\n]+the disk has room$/,
  )
  disk.free()
  await using again = await IamdChild.start(start)
  await assertReads(again, root, [name])
  await again.stop()
})

test('D-7: a start on a file system that is mounted read-only fails in one line that says so, and succeeds when it can be written', async () => {
  await using disk = await SmallDisk.mount(DISK_MEGABYTES)
  const start = disk.command(startCommand(disk.directory, 1))
  await using server = await IamdChild.start(start)
  const root = rootOf(server)
  const name = await writeAgain(server, root, 'before')
  await server.stop()
  disk.setReadOnly(true)
  await assert.rejects(
    IamdChild.start(start),
    /^Error: iamd: "[^\n]+" cannot be locked: EROFS: read-only file system[^\n]+; check that [^\n]+yours to write[^\n]+$/,
  )
  disk.setReadOnly(false)
  await using again = await IamdChild.start(start)
  await assertReads(again, root, [name])
  await again.stop()
})

function rootOf({ told: { root } }: IamdChild): Credentials {
  assert(root !== undefined, 'the start made no account')
  return root
}

/** Names of the users that were acknowledged before the first refusal. */
async function writeUntilRefused(server: IamdChild, root: Credentials, prefix: string): Promise<string[]> {
  using client = new SignedClient(server.told.port, root)
  const acknowledged: string[] = []
  for (let number = 0; ; number += 1) {
    const UserName = `${prefix}-${number}`
    const answer = await client.call('CreateUser', { UserName, Path: `/${'p'.repeat(400)}/` })
    if (answer.status !== 200) {
      assertRefused(answer)
      return acknowledged
    }
    acknowledged.push(UserName)
  }
}

/** The user that is made once a write is taken again: at the latest when one that was refused is tried again a few times. */
async function writeAgain(server: IamdChild, root: Credentials, prefix: string): Promise<string> {
  using client = new SignedClient(server.told.port, root)
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const UserName = `${prefix}-${attempt}`
    const answer = await client.call('CreateUser', { UserName })
    if (answer.status === 200) return UserName
    assertRefused(answer)
  }
  return assert.fail('no write was taken any more')
}

function assertRefused({ status, body, retryAfter }: SignedAnswer): void {
  assert.deepEqual([status, textsIn(body, 'Code'), retryAfter], [503, ['ServiceUnavailable'], '1'], body)
}

/** Exactly those users are there, each to be read by itself, and calls are signed and decided as ever. */
async function assertReads(server: IamdChild, root: Credentials, names: readonly string[]): Promise<void> {
  using client = new SignedClient(server.told.port, root)
  assert.deepEqual(await userNames(client), [...names].toSorted())
  for (const UserName of names.slice(-10)) assert.equal((await client.call('GetUser', { UserName })).status, 200)
  assert.equal((await client.call('GetCallerIdentity', {})).status, 200)
}

async function userNames(client: SignedClient): Promise<string[]> {
  const found: string[] = []
  for (let marker: string | undefined = ''; marker !== undefined;) {
    const { body } = await client.call('ListUsers', { MaxItems: 1000, ...(marker !== '' && { Marker: marker }) })
    found.push(...textsIn(body, 'UserName'))
    ;[marker] = textsIn(body, 'Marker')
  }
  return found.toSorted()
}
