/**
 * A disk that is full, a store that dies, files that are damaged under a running server: a write is refused with ServiceUnavailable and
 * Retry-After or it is durable, reads and decisions go on, and writes come back when the store does.
 */
import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { sign } from '@iamd/sigv4'
import { getOperation } from '@iamd/wire'
import { startProduction, startSupervisor } from '../../src/index.ts'
import type { Journal } from '../../src/journal/journal.ts'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { productionOn, ProductionServer, type ServedAnswer } from '../servers/production-server.ts'
import type { Answer } from '../../src/stages/encode.ts'
import { postCall, refusalOf } from '../wire-call.ts'
import { NOON, World } from '../world.ts'

const UNAVAILABLE = {
  status: 503,
  code: 'ServiceUnavailable',
  message: 'The change could not be stored. Nothing was changed; try again shortly.',
}

test('D-6: on a full disk writes are refused with 503 and Retry-After, reads go on, and writes come back with more room', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'journal.sqlite')
  const disk = { journal: await createSqliteJournal({ file, tuning: { pagesMax: 60 } }) }
  const alarms: string[] = []
  const world = await World.create({ journal: through(disk), alarms })
  const caller = await world.createUser('Caller', { Effect: 'Allow', Action: '*', Resource: '*' })
  const create = (name: string): Promise<Answer> =>
    world.send(
      sign(postCall(getOperation('CreateUser'), { UserName: name, Path: `/${'p'.repeat(400)}/` }), caller, {
        service: { service: 'iam' },
        region: 'us-east-1',
        now: NOON,
      }),
    )
  let stored = 0
  let refused = await create('user-0')
  for (; refused.status === 200 && stored < 1_000; refused = await create(`user-${stored}`)) stored += 1
  assert.deepEqual(refusalOf(refused), UNAVAILABLE)
  assert.equal(refused.retryAfterSeconds, 1)
  // Another, and many at once: none is stored, and each is answered.
  const refusals = await Promise.all(Array.from({ length: 100 }, (_, at) => create(`more-${at}`)))
  assert.deepEqual(new Set(refusals.map(({ status }) => status)), new Set([503]))
  const list = postCall(getOperation('GetUser'), { UserName: `user-${stored - 1}` })
  const iam = { service: { service: 'iam' }, region: 'us-east-1', now: NOON }
  assert.equal((await world.send(sign(list, caller, iam))).status, 200)
  assert.equal(world.account.users.size, stored + 1)
  assert.deepEqual(alarms, ['writes cannot be stored; reads go on'])
  await disk.journal.close()
  disk.journal = await createSqliteJournal({ file })
  assert.equal((await create('after')).status, 200)
  assert.deepEqual(alarms.slice(1), ['writes are stored again'])
  assert.deepEqual(world.bugs, [])
  await world.ledger.detach()
  await disk.journal.close()
  const again = await createSqliteJournal({ file })
  const restarted = await World.create({ journal: again })
  assert.equal(restarted.account.users.size, stored + 2)
  await restarted.ledger.close()
})

test('a store that dies again and again under writes loses nothing that was acknowledged, and reads never notice', async () => {
  using directory = temporaryDirectory()
  const threads: Worker[] = []
  const collect = (worker: Worker): void => void threads.push(worker)
  process.on('worker', collect)
  await using server = await ProductionServer.start(directory.path)
  const acknowledged: string[] = []
  for (let round = 0; round < 10; round += 1) {
    const names = Array.from({ length: 8 }, (_, at) => `user-${round}-${at}`)
    const writing = Promise.all(names.map((name) => server.call('CreateUser', { UserName: name })))
    // The journal's thread is among them; the one of the uses of keys may die with it.
    await Promise.all([server.call('ListUsers'), ...threads.splice(0).map((thread) => thread.terminate())])
    const answers = await writing
    assert.equal((await server.call('GetCallerIdentity')).status, 200)
    for (const [at, { status, received }] of answers.entries()) {
      if (status === 200) acknowledged.push(names[at] ?? '')
      else assertUnavailable({ status, received })
    }
  }
  process.off('worker', collect)
  const { received } = await server.call('ListUsers')
  for (const name of acknowledged) assert.match(received, new RegExp(`<UserName>${name}</UserName>`))
  await assertWritable(server, 'after')
})

test('files that are overwritten under a running server: reads go on, no write is acknowledged and lost, and a restart says what is wrong', async () => {
  using directory = temporaryDirectory()
  const server = await ProductionServer.start(directory.path)
  assert.equal((await server.call('CreateUser', { UserName: 'Before' })).status, 200)
  for (const name of readdirSync(directory.path).filter((entry) => /^journal\.sqlite(?:-wal)?$/.test(entry))) {
    overwrite(join(directory.path, name))
  }
  const acknowledged: string[] = []
  for (let at = 0; at < 30; at += 1) {
    const answer = await server.call('CreateUser', { UserName: `user-${at}` })
    if (answer.status === 200) acknowledged.push(`user-${at}`)
    else assertUnavailable(answer)
    assert.equal((await server.call('GetCallerIdentity')).status, 200)
  }
  assert.match((await server.call('GetUser', { UserName: 'Before' })).received, /<UserName>Before</)
  await server.close()
  const outcome = await ProductionServer.start(directory.path, server.root).then(
    async (again) => {
      const { received } = await again.call('ListUsers')
      await again.close()
      return received
    },
    (error: unknown) => String(error),
  )
  if (!outcome.startsWith('JournalDamaged: ')) {
    for (const name of ['Before', ...acknowledged]) assert.match(outcome, new RegExp(`<UserName>${name}</UserName>`))
  }
})

test('a data directory that cannot be used is one line that names it, and nothing listens', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'file')
  writeFileSync(file, '')
  for (const place of [join(file, 'data'), '/proc/iamd']) {
    const failure = await ProductionServer.start(place).then(
      () => 'it started',
      (error: unknown) => String(error),
    )
    assert.match(failure, /^\w+: [^\n]+$/)
    assert.ok(failure.includes(place), failure)
  }
})

test('a certificate that cannot be read is one line, and leaves nothing in the data directory', async () => {
  using directory = temporaryDirectory()
  const dataDirectory = join(directory.path, 'data')
  const tls = { certFile: join(directory.path, 'none.crt'), keyFile: join(directory.path, 'none.key') }
  const configuration = { ...productionOn(dataDirectory), tls }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  for (const starting of [() => startProduction(configuration, log), () => startSupervisor(configuration, 2, log)]) {
    await assert.rejects(
      starting,
      /^ConfigurationFault: the TLS certificate `[^\n]+none\.crt` cannot be read: ENOENT[^\n]+$/,
    )
    assert.equal(existsSync(dataDirectory), false)
  }
})

/** The journal that is in `disk` now: so that one can take another's place, as a disk that got more room does. */
function through(disk: { readonly journal: Journal }): Journal {
  return {
    streams: () => disk.journal.streams(),
    load: (stream) => disk.journal.load(stream),
    append: (batch) => disk.journal.append(batch),
    recover: () => disk.journal.recover(),
    find: (entryId) => disk.journal.find(entryId),
    follow: (position, deliver) => disk.journal.follow(position, deliver),
    writeSnapshot: (snapshot) => disk.journal.writeSnapshot(snapshot),
    head: () => disk.journal.head(),
    close: () => disk.journal.close(),
  }
}

/** Every byte of the file becomes another, while whoever has it open goes on. */
function overwrite(file: string): void {
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(statSync(file).size, 0xa5), 0)
  closeSync(descriptor)
}

function assertUnavailable({ status, received }: ServedAnswer): void {
  assert.equal(status, 503, received)
  assert.match(received, /\r\nRetry-After: 1\r\n[^]*<Code>ServiceUnavailable<\/Code>/)
}

/** Fails unless a write is taken, at once or as one that was refused is to be tried again. */
async function assertWritable(server: ProductionServer, name: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const answer = await server.call('CreateUser', { UserName: `${name}-${attempt}` })
    if (answer.status === 200) return
    assertUnavailable(answer)
  }
  assert.fail('no write was taken any more')
}
