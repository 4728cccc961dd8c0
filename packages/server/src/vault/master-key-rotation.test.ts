import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { suite, test } from 'node:test'
import { createVault } from './create-vault.ts'
import { INSTALLATION_KEY_FILE } from './installation-key.ts'
import { rewrapInstallationKey } from './master-key-rotation.ts'
import { MASTER_KEY_FILE, newMasterKey, type MasterKeySource } from './master-key.ts'
import type { SecretPlace } from './vault.ts'

const PLACE: SecretPlace = { accountId: '123456789012', table: 'accessKeys', key: 'AKIAEXAMPLE', field: 'sealedSecret' }

/**
 * Runs a step of work in another process and kills that with SIGKILL just before its file operation number N. Prints how many there were
 * when it gets to the end.
 */
const KILLED_WORK = `
  import fs from 'node:fs/promises'
  import { syncBuiltinESMExports } from 'node:module'
  const [killAt, modules, work] = process.argv.slice(1)
  let count = 0
  const step = () => { count += 1; if (count === Number(killAt)) process.kill(process.pid, 'SIGKILL') }
  const counted = (object, names) => {
    for (const name of names) {
      const original = object[name]
      object[name] = function (...given) { step(); return original.apply(this, given) }
    }
  }
  const probe = await fs.open(process.execPath)
  counted(Object.getPrototypeOf(probe), ['writeFile', 'sync', 'close'])
  await probe.close()
  counted(fs, ['open', 'rename', 'link', 'unlink', 'mkdir'])
  syncBuiltinESMExports()
  count = 0
  const { createVault } = await import(modules + '/create-vault.ts')
  const { rewrapInstallationKey } = await import(modules + '/master-key-rotation.ts')
  await (eval(work))({ createVault, rewrapInstallationKey })
  console.log(count)`

interface World {
  readonly directory: string
  readonly from: MasterKeySource & { readonly kind: 'file' }
  readonly sealed: string
  /** Whether what was sealed at the start opens with this master key. */
  readonly opens: (masterKey: MasterKeySource) => Promise<boolean>
}

async function withWorld(body: (world: World) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'iamd-rotation-'))
  try {
    await body(await newWorld(join(directory, 'data')))
  } finally {
    await rm(directory, { recursive: true })
  }
}

async function newWorld(directory: string): Promise<World> {
  const from = { kind: 'file', path: join(directory, MASTER_KEY_FILE) } as const
  const vault = await createVault({ dataDirectory: directory, masterKey: from, mayCreateKeys: true })
  return worldOf(directory, vault.seal(PLACE, 'secret'))
}

function worldOf(directory: string, sealed: string): World {
  return {
    directory,
    from: { kind: 'file', path: join(directory, MASTER_KEY_FILE) },
    sealed,
    opens: async (masterKey) => {
      try {
        const vault = await createVault({ dataDirectory: directory, masterKey, mayCreateKeys: false })
        return vault.open(PLACE, sealed) === 'secret'
      } catch {
        return false
      }
    },
  }
}

async function environmentOf(file: string): Promise<MasterKeySource> {
  return { kind: 'environment', value: await readFile(file, 'utf8') }
}

suite('rotating the master key', () => {
  test('in its file: the new key opens, the old one does not', () =>
    withWorld(async ({ directory, from, opens }) => {
      const old = await environmentOf(from.path)
      await rewrapInstallationKey({ dataDirectory: directory, from, to: from })
      assert.deepEqual([await opens(from), await opens(old)], [true, false])
      assert.notDeepEqual(await environmentOf(from.path), old)
    }))

  test('from the file to the environment, to a new file, and back', () =>
    withWorld(async ({ directory, from, opens }) => {
      const environment: MasterKeySource = { kind: 'environment', value: newMasterKey() }
      const other: MasterKeySource = { kind: 'file', path: join(directory, 'other.key') }
      const steps = [from, environment, other, { kind: 'environment', value: newMasterKey() } as const]
      for (const [index, to] of steps.entries()) {
        const before = steps[index - 1]
        if (before === undefined) continue
        await rewrapInstallationKey({ dataDirectory: directory, from: before, to })
        assert.deepEqual([await opens(to), await opens(before)], [true, false])
      }
    }))

  test('to the same key is refused, and so is a key that does not open the installation', () =>
    withWorld(async ({ directory, from, opens }) => {
      const same = await environmentOf(from.path)
      await assert.rejects(rewrapInstallationKey({ dataDirectory: directory, from, to: same }), {
        name: 'VaultFault',
        message: 'the new master key is the old one',
      })
      const stranger: MasterKeySource = { kind: 'environment', value: newMasterKey() }
      for (const to of [from, { kind: 'environment', value: newMasterKey() } as const]) {
        await assert.rejects(
          rewrapInstallationKey({ dataDirectory: directory, from: stranger, to }),
          /needs the master key/,
        )
      }
      assert.equal(await opens(from), true)
    }))
})

suite('M-08: rotation killed with SIGKILL before each of its file operations', () => {
  test('in its file: the file then in place opens the installation, and running it again finishes', () =>
    killEverywhere({
      work: (directory) => {
        const source = JSON.stringify({ kind: 'file', path: join(directory, MASTER_KEY_FILE) })
        const rotation = `{ dataDirectory: ${JSON.stringify(directory)}, from: ${source}, to: ${source} }`
        return `({ rewrapInstallationKey }) => rewrapInstallationKey(${rotation})`
      },
      check: async ({ directory, from, opens }) => {
        assert.equal(await opens(from), true)
        await rewrapInstallationKey({ dataDirectory: directory, from, to: from })
        assert.equal(await opens(from), true)
        // What a killed run left half-written may be a key.
        assert.deepEqual((await readdir(directory)).toSorted(), [INSTALLATION_KEY_FILE, MASTER_KEY_FILE])
      },
    }))

  test('to another file: the old or the new one opens the installation, and running it again finishes', () =>
    killEverywhere({
      work: (directory) => {
        const sources = [MASTER_KEY_FILE, 'new.key'].map((name) => ({ kind: 'file', path: join(directory, name) }))
        const [from, to] = sources.map((source) => JSON.stringify(source))
        const rotation = `{ dataDirectory: ${JSON.stringify(directory)}, from: ${from}, to: ${to} }`
        return `({ rewrapInstallationKey }) => rewrapInstallationKey(${rotation})`
      },
      check: async ({ directory, from, opens }) => {
        const to: MasterKeySource = { kind: 'file', path: join(directory, 'new.key') }
        if (await opens(from)) await rewrapInstallationKey({ dataDirectory: directory, from, to })
        assert.deepEqual([await opens(from), await opens(to)], [false, true])
      },
    }))

  test('of the installation key: what was sealed before opens', () =>
    killEverywhere({
      work: (directory) => {
        const options = {
          dataDirectory: directory,
          masterKey: { kind: 'file', path: join(directory, MASTER_KEY_FILE) },
        }
        const json = JSON.stringify({ ...options, mayCreateKeys: false })
        return `async ({ createVault }) => (await createVault(${json})).rotate()`
      },
      check: async ({ from, opens }) => assert.equal(await opens(from), true),
    }))

  test('a first start: the next start makes what is missing', () =>
    killEverywhere({
      work: (directory) => {
        const fresh = join(directory, 'fresh')
        const masterKey = { kind: 'file', path: join(fresh, MASTER_KEY_FILE) }
        return `({ createVault }) => createVault(${JSON.stringify({ dataDirectory: fresh, masterKey, mayCreateKeys: true })})`
      },
      check: async ({ directory }) => {
        const { from, opens } = await newWorld(join(directory, 'fresh'))
        assert.equal(await opens(from), true)
      },
    }))
})

interface Campaign {
  /** JavaScript of a function that does the work in this data directory. */
  readonly work: (directory: string) => string
  /** What has to hold wherever the work was killed. */
  readonly check: (world: World) => Promise<void>
}

/** Kills the work before each of its file operations, each time on a fresh copy of one installation. */
async function killEverywhere({ work, check }: Campaign): Promise<void> {
  await withWorld(async (original) => {
    const total = Number(await runKilled(await copyOf(original, 0), work, 0))
    assert.ok(total >= 8, `${total} file operations`)
    const points = Array.from({ length: total }, (_, index) => index + 1)
    // Two at a time, because each is a process.
    for (let at = 0; at < points.length; at += 2) {
      await Promise.all(
        points.slice(at, at + 2).map(async (point) => {
          const world = await copyOf(original, point)
          assert.equal(await runKilled(world, work, point), 'SIGKILL')
          await check(world)
        }),
      )
    }
  })
}

async function copyOf({ directory, sealed }: World, point: number): Promise<World> {
  const copy = `${directory}-${point}`
  await cp(directory, copy, { recursive: true })
  return worldOf(copy, sealed)
}

/** What the work printed, or the signal that ended it. */
function runKilled({ directory }: World, work: Campaign['work'], killAt: number): Promise<string> {
  const script = ['--input-type=module', '-e', KILLED_WORK, String(killAt), import.meta.dirname, work(directory)]
  return new Promise((resolve, reject) => {
    execFile(execPath, script, (failure, stdout) => {
      if (failure === null) resolve(stdout.trim())
      else if (typeof failure.signal === 'string') resolve(failure.signal)
      else reject(new Error('the work failed', { cause: failure }))
    })
  })
}
