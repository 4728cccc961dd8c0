import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import type { Activity } from '../activity.ts'
import type { ActivityAlarm } from '../activity-alarm.ts'
import { activityContract } from '../contract.ts'
import { ACTIVITY_FILE, createSqliteActivity, type SqliteActivityOptions } from './sqlite-activity.ts'

const USE = { accountId: '123456789012', accessKeyId: 'AKIA', service: 'iam', region: 'us-east-1', time: 5000 }
const LAST_USED = { service: 'iam', region: 'us-east-1', time: 5000 }

/** A directory of its own, activities on its file, the alarms that they raised, and their timers, which only tests move. */
class World {
  readonly alarms: ActivityAlarm[] = []
  readonly ticks: (() => void)[] = []
  readonly #opened: Activity[] = []
  readonly directory: string
  monotonicMilliseconds = 0

  constructor(directory: string) {
    this.directory = directory
  }

  get file(): string {
    return join(this.directory, ACTIVITY_FILE)
  }

  async connect(options: Partial<SqliteActivityOptions> = {}): Promise<Activity> {
    const activity = await createSqliteActivity({
      file: this.file,
      raiseAlarm: (alarm) => this.alarms.push(alarm),
      repeat: (callback) => {
        this.ticks.push(callback)
        return () => {}
      },
      monotonicMilliseconds: () => this.monotonicMilliseconds,
      ...options,
    })
    this.#opened.push(activity)
    return activity
  }

  kinds(): string[] {
    return this.alarms.map(({ kind }) => kind)
  }

  async dispose(): Promise<void> {
    for (const activity of this.#opened) await activity.close()
    await rm(this.directory, { recursive: true, force: true })
  }
}

async function newWorld(): Promise<World> {
  return new World(await mkdtemp(join(tmpdir(), 'iamd-activity-')))
}

async function withWorld(body: (world: World) => Promise<void>): Promise<void> {
  const world = await newWorld()
  try {
    await body(world)
  } finally {
    await world.dispose()
  }
}

activityContract('sqlite', newWorld)

test('uses are there after a restart', () =>
  withWorld(async (world) => {
    const before = await world.connect()
    before.noteKeyUse(USE)
    before.notePasswordUse({ accountId: USE.accountId, userId: 'AIDA', time: 6000 })
    await before.close()
    const after = await world.connect()
    assert.deepEqual(after.keyLastUsed('AKIA'), LAST_USED)
    assert.equal(after.passwordLastUsed('AIDA'), 6000)
    assert.deepEqual(world.alarms, [])
  }))

test('two processes on one file see the later use of both, at most a second after it was flushed', () =>
  withWorld(async (world) => {
    const one = await world.connect()
    const other = await world.connect()
    one.noteKeyUse(USE)
    other.noteKeyUse({ ...USE, region: 'eu-west-1', time: 9000 })
    await other.flush()
    await one.flush()
    world.monotonicMilliseconds += 1001
    for (const activity of [one, other]) {
      assert.deepEqual(activity.keyLastUsed('AKIA'), { service: 'iam', region: 'eu-west-1', time: 9000 })
    }
  }))

for (const count of [1, 500, 501, 1200]) {
  test(`passwords that another process saw used are seen a second later, where ${count} were`, () =>
    withWorld(async (world) => {
      const one = await world.connect()
      const other = await world.connect()
      assert.equal(one.passwordLastUsed('AIDA0'), undefined)
      for (let index = 0; index < count; index += 1) {
        other.notePasswordUse({ accountId: USE.accountId, userId: `AIDA${index}`, time: 7000 })
      }
      await other.flush()
      world.monotonicMilliseconds += 1001
      assert.equal(one.passwordLastUsed('AIDANEVER'), undefined)
      assert.equal(one.passwordLastUsed('AIDA0'), 7000)
      assert.equal(one.passwordLastUsed(`AIDA${count - 1}`), 7000)
    }))
}

test('every second what was noted is written, in the background', () =>
  withWorld(async (world) => {
    const intervals: number[] = []
    const activity = await world.connect({
      repeat: (callback, milliseconds) => {
        intervals.push(milliseconds)
        world.ticks.push(callback)
        return () => {}
      },
    })
    activity.noteKeyUse(USE)
    assert.equal(storedCount(world), 0)
    for (const tick of world.ticks) tick()
    // The tick has begun the writing; a flush of nothing waits until it has ended.
    await activity.flush()
    assert.equal(storedCount(world), 1)
    assert.deepEqual(intervals, [1000])
  }))

test('after five seconds without a use its thread ends, and the next use is written by another', () =>
  withWorld(async (world) => {
    const threads: Worker[] = []
    const collect = (thread: Worker): void => void threads.push(thread)
    process.on('worker', collect)
    const tick = (): void => world.ticks.forEach((callback) => callback())
    const activity = await world.connect()
    activity.noteKeyUse(USE)
    for (let at = 0; at < 5; at += 1) {
      tick()
      await activity.flush()
    }
    assert.equal(threads.length, 1)
    const [first] = threads
    assert.ok(first)
    const ended = once(first, 'exit')
    tick()
    await ended
    activity.noteKeyUse({ ...USE, accessKeyId: 'AKIALATER' })
    tick()
    await activity.flush()
    assert.equal(storedCount(world), 2)
    assert.equal(threads.length, 2)
    assert.deepEqual(world.kinds(), [])
    process.off('worker', collect)
  }))

test('a file that cannot be written never throws into a call; uses are kept and written when it can be', () =>
  withWorld(async (world) => {
    const blocked = join(world.directory, 'blocked')
    await writeFile(blocked, 'a file where a directory should be')
    const activity = await world.connect({ file: join(blocked, ACTIVITY_FILE) })
    activity.noteKeyUse(USE)
    activity.forget('AIDAGONE')
    await activity.flush()
    await activity.flush()
    assert.deepEqual(activity.keyLastUsed('AKIA'), LAST_USED)
    assert.deepEqual(world.kinds(), ['unwritable'])
    await rm(blocked)
    await activity.flush()
    assert.deepEqual(world.kinds(), ['unwritable', 'recovered'])
    assert.deepEqual(activity.keyLastUsed('AKIA'), LAST_USED)
    const again = await world.connect({ file: join(blocked, ACTIVITY_FILE) })
    assert.deepEqual(again.keyLastUsed('AKIA'), LAST_USED)
  }))

test('what a full buffer drops is counted and reported', () =>
  withWorld(async (world) => {
    const activity = await world.connect({ bufferedCountMax: 3 })
    for (let index = 0; index < 10; index += 1) activity.noteKeyUse({ ...USE, accessKeyId: `AKIA${index}` })
    for (const tick of world.ticks) tick()
    assert.deepEqual(world.kinds(), ['dropped'])
    assert.match(world.alarms[0]?.message ?? '', /^7 uses were not noted/)
    await activity.flush()
    activity.noteKeyUse({ ...USE, accessKeyId: 'AKIA9' })
    assert.deepEqual(activity.keyLastUsed('AKIA9'), LAST_USED)
    for (const tick of world.ticks) tick()
    assert.deepEqual(world.kinds(), ['dropped'])
  }))

test('a damaged file is put aside and a new one begun', () =>
  withWorld(async (world) => {
    await mkdir(world.directory, { recursive: true })
    await writeFile(world.file, 'this is no database, but it is long enough to be looked at '.repeat(200))
    const activity = await world.connect()
    activity.noteKeyUse(USE)
    await activity.flush()
    assert.deepEqual(world.kinds(), ['replaced'])
    assert.deepEqual(activity.keyLastUsed('AKIA'), LAST_USED)
    assert.match(await readFile(`${world.file}.damaged`, 'utf8'), /^this is no database/)
    assert.equal(storedCount(world), 1)
  }))

test('a file that was damaged while it was in use is put aside', () =>
  withWorld(async (world) => {
    const before = await world.connect()
    for (let index = 0; index < 500; index += 1) before.noteKeyUse({ ...USE, accessKeyId: `AKIA${index}` })
    await before.close()
    const bytes = await readFile(world.file)
    await writeFile(world.file, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0x5a)]))
    const activity = await world.connect()
    activity.noteKeyUse(USE)
    await activity.flush()
    assert.deepEqual(world.kinds(), ['replaced'])
    assert.deepEqual(activity.keyLastUsed('AKIA'), LAST_USED)
  }))

test("somebody else's database, or one of a later release, is not written to", () =>
  withWorld(async (world) => {
    const foreign = { pragma: 'application_id = 7', message: /is a database of something else/ }
    const later = { pragma: `application_id = ${0x69_61_6d_55}; PRAGMA user_version = 99`, message: /has format 99/ }
    for (const { pragma, message } of [foreign, later]) {
      const database = new DatabaseSync(world.file)
      database.exec(`PRAGMA ${pragma}`)
      database.close()
      const before = await readFile(world.file)
      const activity = await world.connect()
      activity.noteKeyUse(USE)
      await activity.flush()
      assert.deepEqual(activity.keyLastUsed('AKIA'), LAST_USED)
      assert.deepEqual(await readFile(world.file), before)
      assert.equal(world.alarms.at(-1)?.kind, 'unwritable')
      assert.match(world.alarms.at(-1)?.message ?? '', message)
      await rm(world.file)
    }
  }))

test('M-09: the activity file and its log can be read by their owner only', () =>
  withWorld(async (world) => {
    await writeFile(world.file, '', { mode: 0o644 })
    const activity = await world.connect()
    activity.noteKeyUse(USE)
    await activity.flush()
    const names = (await readdir(world.directory)).filter((name) => name.startsWith(ACTIVITY_FILE))
    assert.ok(names.length >= 2)
    for (const name of names) assert.equal((await stat(join(world.directory, name))).mode & 0o777, 0o600, name)
  }))

/** Read past the activity, by a connection of its own. */
function storedCount(world: World): number {
  const database = new DatabaseSync(world.file, { readOnly: true })
  try {
    return Number(database.prepare('SELECT count(*) AS count FROM use').get()?.['count'])
  } finally {
    database.close()
  }
}
