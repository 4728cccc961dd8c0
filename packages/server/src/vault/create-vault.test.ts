import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createVault } from './create-vault.ts'
import { INSTALLATION_KEY_FILE } from './installation-key.ts'
import { MASTER_KEY_FILE, newMasterKey, type MasterKeySource } from './master-key.ts'
import type { SecretPlace, Vault } from './vault.ts'

const PLACE: SecretPlace = { accountId: '123456789012', table: 'accessKeys', key: 'AKIAEXAMPLE', field: 'sealedSecret' }

interface World {
  readonly directory: string
  readonly masterKeyFile: string
  readonly installationKeyFile: string
  start(masterKey?: MasterKeySource): Promise<Vault>
  restart(masterKey?: MasterKeySource): Promise<Vault>
}

/** A data directory that does not exist yet, inside one that is removed afterwards. */
async function withWorld(body: (world: World) => Promise<void>): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'iamd-vault-'))
  const directory = join(parent, 'data')
  const file: MasterKeySource = { kind: 'file', path: join(directory, MASTER_KEY_FILE) }
  try {
    await body({
      directory,
      masterKeyFile: file.path,
      installationKeyFile: join(directory, INSTALLATION_KEY_FILE),
      start: (masterKey = file) => createVault({ dataDirectory: directory, masterKey, mayCreateKeys: true }),
      restart: (masterKey = file) => createVault({ dataDirectory: directory, masterKey, mayCreateKeys: false }),
    })
  } finally {
    await rm(parent, { recursive: true })
  }
}

suite('the vault of a data directory', () => {
  test('opens after a restart what it sealed before', () =>
    withWorld(async (world) => {
      const sealed = (await world.start()).seal(PLACE, 'secret')
      assert.equal((await world.restart()).open(PLACE, sealed), 'secret')
      assert.equal((await world.start()).open(PLACE, sealed), 'secret')
    }))

  test('ten first starts at once make one set of keys', () =>
    withWorld(async (world) => {
      const vaults = await Promise.all(Array.from({ length: 10 }, () => world.start()))
      const sealed = vaults.map((vault) => vault.seal(PLACE, 'secret'))
      for (const vault of vaults) for (const one of sealed) assert.equal(vault.open(PLACE, one), 'secret')
      assert.deepEqual((await readdir(world.directory)).toSorted(), [INSTALLATION_KEY_FILE, MASTER_KEY_FILE])
    }))

  test('M-09: its files can be read by their owner only', () =>
    withWorld(async (world) => {
      await world.start()
      assert.equal((await stat(world.directory)).mode & 0o777, 0o700)
      for (const file of [world.masterKeyFile, world.installationKeyFile]) {
        assert.equal((await stat(file)).mode & 0o777, 0o600, file)
      }
    }))

  test('M-09: a key file that others may read is refused, and the line says what to do', () =>
    withWorld(async (world) => {
      await world.start()
      for (const file of [world.masterKeyFile, world.installationKeyFile]) {
        for (const mode of [0o640, 0o604, 0o620, 0o610, 0o601, 0o666]) {
          await chmod(file, mode)
          const octal = `0${mode.toString(8)}`
          await assert.rejects(world.start(), {
            name: 'VaultFault',
            message: `\`${file}\` has mode ${octal}: others can read it; run \`chmod 600 ${file}\` and rotate the key`,
          })
        }
        await chmod(file, 0o600)
      }
      await world.restart()
    }))

  test('M-05: nothing that it writes holds a secret, nor does any sealed value', () =>
    withWorld(async (world) => {
      const vault = await world.start()
      const canaries = Array.from({ length: 1000 }, () => randomBytes(30).toString('base64'))
      const sealed = canaries.map((canary, index) => vault.seal({ ...PLACE, key: `AKIA${index}` }, canary))
      await writeFile(join(world.directory, 'sealed.json'), JSON.stringify(sealed), { mode: 0o600 })
      const files = await Promise.all(
        (await readdir(world.directory)).map((name) => readFile(join(world.directory, name), 'latin1')),
      )
      const written = [
        ...files,
        ...sealed.map((one) => Buffer.from(one.slice(3), 'base64url').toString('latin1')),
      ].join('\n')
      for (const canary of canaries) {
        assert.ok(!written.includes(canary))
        assert.ok(!written.includes(Buffer.from(canary, 'base64').toString('latin1')))
      }
    }))

  test('M-05: without the master key nothing opens', () =>
    withWorld(async (world) => {
      await world.start()
      await rm(world.masterKeyFile)
      const message = `the master key file \`${world.masterKeyFile}\` does not exist; put it back from where you keep it`
      await assert.rejects(world.start(), { name: 'VaultFault', message })
      await assert.rejects(world.restart(), { name: 'VaultFault', message })
      assert.ok(!(await readdir(world.directory)).includes(MASTER_KEY_FILE))
    }))

  test('M-02: another master key opens nothing', () =>
    withWorld(async (world) => {
      await world.start()
      const other: MasterKeySource = { kind: 'environment', value: newMasterKey() }
      await assert.rejects(world.start(other), /needs the master key [0-9a-f]{16}, and the one given is [0-9a-f]{16}$/)
    }))

  test('lost installation keys are not replaced when there is something to open', () =>
    withWorld(async (world) => {
      await world.start()
      await rm(world.installationKeyFile)
      await assert.rejects(
        world.restart(),
        /does not exist; without it no stored secret opens: put it back from a backup/,
      )
    }))
})

suite('damaged key files', () => {
  test('a changed, cut or foreign installation key file is refused with its name', () =>
    withWorld(async (world) => {
      await world.start()
      const good = await readFile(world.installationKeyFile, 'utf8')
      const wrapped = /"wrapped": "(.)/.exec(good)?.[1] ?? ''
      const broken = [
        '',
        '{}',
        'null',
        '[]',
        good.slice(0, -10),
        good.replace(/"keys": \[[^]*\]/, '"keys": []'),
        good.replace('"keyId"', '"id"'),
        good.replace(/"keyId": "[0-9a-f]/, '"keyId": "X'),
        good.replace(/"keyId": "[0-9a-f]{8}/, '"keyId": "00000000'),
        good.replace('"wrappings"', '"wrapping"'),
        good.replace('"wrapped": "', `"wrapped": "${wrapped === 'A' ? 'B' : 'A'}`),
        good.replace(/"wrapped": "[^"]*"/, '"wrapped": ""'),
      ]
      for (const text of broken) {
        await writeFile(world.installationKeyFile, text)
        const message = `\`${world.installationKeyFile}\` is damaged; put it back from a backup`
        await assert.rejects(world.start(), { name: 'VaultFault', message }, text)
      }
      await writeFile(world.installationKeyFile, good)
      await world.restart()
    }))

  test('an installation key file of a later version is refused', () =>
    withWorld(async (world) => {
      await world.start()
      const good = await readFile(world.installationKeyFile, 'utf8')
      await writeFile(world.installationKeyFile, good.replace('"version": 1', '"version": 2'))
      await assert.rejects(world.start(), /has version 2; this iamd reads version 1$/)
    }))

  test('a key file that is far too large is not read', () =>
    withWorld(async (world) => {
      await world.start()
      await writeFile(world.masterKeyFile, 'A'.repeat(2 ** 20 + 1))
      await assert.rejects(world.start(), /has 1048577 bytes; a key file is smaller$/)
    }))

  test('a data directory that cannot be made, or holds a directory where a key should be, is one clear line', () =>
    withWorld(async (world) => {
      await writeFile(world.directory, 'a file')
      await assert.rejects(world.start(), { name: 'VaultFault', message: /^cannot make the data directory `.*data`: / })
      await rm(world.directory)
      const masterKey: MasterKeySource = { kind: 'file', path: tmpdir() }
      await assert.rejects(world.start(masterKey), { name: 'VaultFault', message: /^`.*` is no file$/ })
    }))
})

suite('rotating the installation key', () => {
  test('M-08: what was sealed before opens after it, in this process and after a restart', () =>
    withWorld(async (world) => {
      const vault = await world.start()
      const sealed = [vault.seal(PLACE, 'one')]
      for (const secret of ['two', 'three']) {
        await vault.rotate()
        sealed.push(vault.seal(PLACE, secret))
      }
      const restarted = await world.restart()
      for (const [index, secret] of ['one', 'two', 'three'].entries()) {
        assert.equal(vault.open(PLACE, sealed[index] ?? ''), secret)
        assert.equal(restarted.open(PLACE, sealed[index] ?? ''), secret)
      }
      assert.equal((await stat(world.installationKeyFile)).mode & 0o777, 0o600)
    }))

  test('M-08: another process of the installation opens what the new key sealed, once it has read the keys again', () =>
    withWorld(async (world) => {
      const [one, other] = [await world.start(), await world.start()]
      await one.rotate()
      const sealed = one.seal(PLACE, 'secret')
      assert.throws(() => other.open(PLACE, sealed), /installation key that is not here/)
      await other.reload()
      assert.equal(other.open(PLACE, sealed), 'secret')
    }))
})
