import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'

import { fakeAccount, refusal, type FakeAccount } from '../account/fake-account.ts'
import { fakeTerminal, type FakePerson, type FakeTerminal } from '../fake-terminal.ts'
import { usableRequest } from './admin-world.ts'
import { createAdministrator } from './create-administrator.ts'
import { removeAdministrator } from './remove-administrator.ts'

const target = { endpointUrl: 'http://127.0.0.1:4263', region: 'us-east-1', profile: undefined }

let account: FakeAccount

beforeEach(() => {
  account = fakeAccount()
})

describe('undoing', () => {
  it('leaves the account as it was before the command', async () => {
    await create('alice')
    await undo('alice')
    assert.equal(account.users.size, 0)
    assert.equal(account.groups.size, 0)
  })

  it('shows what goes, and asks first', async () => {
    await create('alice')
    const before = account.writes.length
    await assert.rejects(undo('alice', { isInteractive: true, confirms: [false] }), { message: 'not confirmed' })
    await assert.rejects(undo('alice', { isInteractive: false }, false), { message: /nobody can be asked/ })
    assert.equal(account.writes.length, before)
    const { stderr, questions } = await undo('alice', { isInteractive: true, confirms: [true] })
    assert.deepEqual(questions, ['Take all this away?'])
    assert.match(stderr(), /- access key AKIA\d+\n {2}- password of alice\n/)
  })

  it('has nothing to do where there is no such user, and says so', async () => {
    const { stderr } = await undo('alice')
    assert.match(stderr(), /Nothing to undo/)
    assert.deepEqual(account.writes, [])
  })

  it('refuses a user that the command did not make', async () => {
    await account.api.createUser({ name: 'carol', path: '/', tags: [{ key: 'iamd:created-by', value: 'hand' }] })
    await assert.rejects(undo('carol'), { message: /no tag that says that `iamd admin create` made it/ })
    assert.ok(account.users.has('carol'))
  })

  it('refuses a user that has got things since, and touches nothing', async () => {
    await create('alice')
    account.users.get('alice')?.others.push('inline policy `own`')
    const before = account.writes.length
    await assert.rejects(undo('alice'), { message: /did not make: inline policy `own`/ })
    assert.equal(account.writes.length, before)
  })

  it('refuses to take away the caller', async () => {
    await create('alice')
    const [key] = account.users.get('alice')?.keys ?? []
    assert.ok(key)
    const own = account.api.withKey(key)
    await assert.rejects(undo('alice', {}, true, own), { message: /the caller is `alice` itself/, exitCode: 2 })
  })

  it('keeps a group that others are in, that has other policies, or that the command did not make', async () => {
    await create('alice')
    await create('bob')
    assert.match((await undo('alice')).stderr(), /! stays: group Administrators, which has other members: bob/)
    assert.deepEqual(account.groups.get('administrators')?.userNames, ['bob'])
    await undo('bob')
    assert.ok(account.groups.has('administrators'))

    account = fakeAccount()
    await create('alice')
    account.groups.get('administrators')?.inline.push('own')
    assert.match((await undo('alice')).stderr(), /which has other policies: own/)
    assert.equal(account.groups.get('administrators')?.policyArns.length, 1)
  })

  it('does not take a group of the same name that somebody made later for its own', async () => {
    await create('alice')
    account.groups.delete('administrators')
    await account.api.createGroup('Administrators')
    await undo('alice')
    assert.ok(account.groups.has('administrators'))
  })

  it('that broke off at any step goes on in the next run', async () => {
    const operations = [
      'DeleteAccessKey',
      'DeleteLoginProfile',
      'RemoveUserFromGroup',
      'DetachGroupPolicy',
      'DeleteGroup',
      'DeleteUser',
    ]
    for (const [index, failing] of operations.entries()) {
      account = fakeAccount()
      await create('alice')
      account.writes.length = 0
      account.before = (operation) => {
        if (operation === failing) throw refusal(operation, 'ServiceFailure')
      }
      await assert.rejects(undo('alice'), {
        message: new RegExp(`${failing} was refused`),
        remedy: /run the same command again/,
      })
      assert.deepEqual(account.writes, operations.slice(0, index))
      account.before = () => undefined
      await undo('alice')
      assert.deepEqual(account.writes, operations)
    }
  })

  it('answers with what was removed in JSON', async () => {
    await create('alice')
    const { stdout } = await undo('alice', { format: 'json' })
    const report: unknown = JSON.parse(stdout())
    assert.ok(typeof report === 'object' && report !== null && 'status' in report && 'removed' in report)
    assert.equal(report.status, 'undone')
    assert.ok(Array.isArray(report.removed) && report.removed.length === 6)
  })
})

async function create(userName: string): Promise<void> {
  const request = { ...usableRequest, userName }
  const { session } = fakeTerminal()
  const { signal } = new AbortController()
  await createAdministrator(request, { api: account.api, target, session, isConfirmed: true, signal })
}

async function undo(
  userName: string,
  person: FakePerson = {},
  ...[isConfirmed = person.isInteractive !== true, api = account.api]: [boolean?, FakeAccount['api']?]
): Promise<FakeTerminal> {
  const terminal = fakeTerminal(person)
  await removeAdministrator(userName, { api, target, session: terminal.session, isConfirmed })
  return terminal
}
