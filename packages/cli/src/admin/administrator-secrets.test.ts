import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { refusal, rootKeyId, type FakeAccount } from '../account/fake-account.ts'
import { fakeTerminal, type FakePerson } from '../fake-terminal.ts'
import { AdminWorld, usableRequest } from './admin-world.ts'

const everything = [
  'CreateGroup',
  'AttachGroupPolicy',
  'CreateUser',
  'AddUserToGroup',
  'CreateLoginProfile',
  'CreateAccessKey',
]

let world: AdminWorld
let account: FakeAccount
let folder: string

beforeEach(async () => {
  world = await AdminWorld.open()
  ;({ account, folder } = world)
})
afterEach(() => world.close())

describe('a credentials file', () => {
  it('takes the secrets, with mode 0600, and the terminal does not show them', async () => {
    const csvPath = join(folder, 'alice.csv')
    const { stdout } = await world.create({ csvPath })
    const { password, keys } = world.theUser()
    assert.equal(
      await readFile(csvPath, 'utf8'),
      'User name,Password,Access key ID,Secret access key,Console login link\r\n' +
        `alice,${password},${keys[0]?.id},${keys[0]?.secret},http://127.0.0.1:4263/console/\r\n`,
    )
    assert.equal((await stat(csvPath)).mode & 0o777, 0o600)
    assert.ok(!stdout().includes(password ?? '') && !stdout().includes(keys[0]?.secret ?? ''))
  })

  it('that is there is not written over, and nothing is made', async () => {
    const csvPath = join(folder, 'alice.csv')
    await writeFile(csvPath, 'precious')
    await assert.rejects(world.create({ csvPath }), { message: `\`${csvPath}\` is there already` })
    assert.deepEqual(account.writes, [])
    assert.equal(await readFile(csvPath, 'utf8'), 'precious')
  })

  it('does not stay behind empty when no secret was made', async () => {
    account.before = (operation) => {
      if (operation === 'CreateUser') throw refusal(operation, 'AccessDenied')
    }
    await world.createFailing({ csvPath: join(folder, 'alice.csv') })
    assert.deepEqual(await readdir(folder), [])
  })
})

describe('a profile', () => {
  it('takes the access key, and the terminal shows the password only', async () => {
    const { stdout } = await world.create({ profile: { name: 'alice', mayOverwrite: false } })
    const { password, keys } = world.theUser()
    assert.match(
      await readFile(join(folder, 'credentials'), 'utf8'),
      new RegExp(`aws_access_key_id = ${keys[0]?.id}\n`),
    )
    assert.match(await readFile(join(folder, 'config'), 'utf8'), /endpoint_url = http:\/\/127\.0\.0\.1:4263\n/)
    assert.ok(stdout().includes(password ?? 'none'))
    assert.ok(!stdout().includes(keys[0]?.secret ?? ''))
  })

  it('with other keys is refused before anything is made, unless it may be overwritten', async () => {
    await writeFile(join(folder, 'credentials'), '[alice]\naws_access_key_id = AKIAOTHER\n')
    await assert.rejects(world.create({ profile: { name: 'alice', mayOverwrite: false } }), {
      message: /is there with other settings/,
    })
    assert.deepEqual(account.writes, [])
    await world.create({ profile: { name: 'alice', mayOverwrite: true } })
    assert.doesNotMatch(await readFile(join(folder, 'credentials'), 'utf8'), /AKIAOTHER/)
  })

  it('that cannot be saved after all leaves the key to the terminal, and the run fails', async () => {
    account.before = (operation) => {
      if (operation === 'CreateAccessKey') mkdirSync(join(folder, 'credentials'))
    }
    const { terminal, failure } = await world.createFailing({ profile: { name: 'alice', mayOverwrite: false } })
    assert.match(failure.message, /a secret could not be saved: cannot read `.*credentials`/)
    assert.ok(terminal.stdout().includes(world.theUser().keys[0]?.secret ?? 'none'))
  })
})

describe('locking root', () => {
  it('deletes the root key after the new key was used', async () => {
    const uses: string[] = []
    account.before = (operation) => uses.push(operation)
    const { stderr } = await world.create({ rootLock: 'delete' })
    assert.deepEqual(account.rootKeys, [])
    assert.deepEqual(uses.slice(uses.indexOf('CreateAccessKey')), [
      'CreateAccessKey',
      'GetAccountSummary',
      'DeleteAccessKey',
    ])
    assert.match(stderr(), new RegExp(`- root access key ${rootKeyId}, deleted after`))
    assert.match(stderr(), new RegExp(`deleted root access key ${rootKeyId}\n`))
  })

  it('deactivates it if asked', async () => {
    await world.create({ rootLock: 'deactivate' })
    assert.deepEqual(
      account.rootKeys.map(({ isActive }) => isActive),
      [false],
    )
  })

  it('locks the key that signs last, or the others would stay', async () => {
    account.rootKeys.push({ id: 'AKIAROOT000000000002', secret: 'other', isActive: true })
    await world.create({ rootLock: 'delete' })
    assert.deepEqual(account.rootKeys, [])
  })

  it('leaves the root key alone if the new key does not prove to work', async () => {
    account.before = (operation) => {
      if (operation === 'GetAccountSummary') throw refusal(operation, 'AccessDenied')
    }
    const { terminal, failure } = await world.createFailing({ rootLock: 'delete' })
    assert.match(failure.message, /did not prove to work: GetAccountSummary was refused: AccessDenied/)
    assert.equal(account.rootKeys.length, 1)
    assert.ok(terminal.stdout().includes(world.theUser().keys[0]?.secret ?? 'none'))
  })

  it('is refused before anything is made if the caller is not root', async () => {
    await world.create({ userName: 'bob' })
    const [key] = account.users.get('bob')?.keys ?? []
    assert.ok(key)
    const writes = account.writes.length
    const attempt = world.run({ ...usableRequest, rootLock: 'delete' }, fakeTerminal(), {
      api: account.api.withKey(key),
    })
    await assert.rejects(attempt, { message: /`--lock-root` needs the root user's own access key/ })
    assert.equal(account.writes.length, writes)
  })

  it('has nothing to do when root has no key', async () => {
    await world.create({ userName: 'bob' })
    const [key] = account.users.get('bob')?.keys ?? []
    assert.ok(key)
    account.rootKeys.length = 0
    const terminal = fakeTerminal()
    await world.run({ ...usableRequest, rootLock: 'delete' }, terminal, { api: account.api.withKey(key) })
    assert.match(terminal.stderr(), /! the root user has no access key/)
  })

  it('asks once more when the only copy of the new key is on the screen', async () => {
    const person = { isInteractive: true, confirms: [true, false] }
    await assert.rejects(world.create({ rootLock: 'delete' }, { person, isConfirmed: false }), {
      message: 'not confirmed',
    })
    assert.equal(account.rootKeys.length, 1)
    assert.equal(world.theUser().keys.length, 1)
  })

  it('in a later run proves the key that the profile holds', async () => {
    const profile = { name: 'alice', mayOverwrite: false }
    await world.create({ profile })
    await world.create({ profile, rootLock: 'delete' })
    assert.deepEqual(account.rootKeys, [])
    assert.deepEqual(account.writes, [...everything, 'DeleteAccessKey'])
  })

  it('in a later run without a known key is refused', async () => {
    await world.create()
    await assert.rejects(world.create({ rootLock: 'delete' }), { message: /this run makes none/ })
    assert.equal(account.rootKeys.length, 1)
  })

  it('with JSON wants the new key saved first, since the object comes last', async () => {
    const person: FakePerson = { format: 'json' }
    await assert.rejects(world.create({ rootLock: 'delete' }, { person }), { message: /saved first/, exitCode: 2 })
    assert.deepEqual(account.writes, [])
    const { stdout } = await world.create({ rootLock: 'delete', csvPath: join(folder, 'a.csv') }, { person })
    assert.match(stdout(), new RegExp(`"rootLock": {\\s+"how": "delete",\\s+"accessKeyIds": \\[\\s+"${rootKeyId}"`))
  })
})
