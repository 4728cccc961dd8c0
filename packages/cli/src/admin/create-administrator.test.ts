import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { CallFailure } from '../account/account-api.ts'
import { fakeAccountId, refusal, type FakeAccount } from '../account/fake-account.ts'
import { Failure } from '../failure.ts'
import { fakeTerminal, type FakeTerminal } from '../fake-terminal.ts'
import { AdminWorld, usableRequest } from './admin-world.ts'

const everything = [
  'CreateGroup',
  'AttachGroupPolicy',
  'CreateUser',
  'AddUserToGroup',
  'CreateLoginProfile',
  'CreateAccessKey',
]
const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'

let world: AdminWorld
let account: FakeAccount
let folder: string

beforeEach(async () => {
  world = await AdminWorld.open()
  ;({ account, folder } = world)
})
afterEach(() => world.close())

describe('making an administrator', () => {
  it('makes the group, the policy on it, the user in it, a password and an access key, in this order', async () => {
    await world.create({ tags: [{ key: 'team', value: 'ops' }], path: '/team/' })
    assert.deepEqual(account.writes, everything)
    const user = world.theUser()
    assert.equal(user.arn, `arn:aws:iam::${fakeAccountId}:user/team/alice`)
    assert.deepEqual(account.groups.get('administrators')?.userNames, ['alice'])
    assert.deepEqual(account.groups.get('administrators')?.policyArns, [policyArn])
    assert.deepEqual(
      user.tags.map(({ key, value }) => `${key}=${value}`),
      [
        'team=ops',
        'iamd:created-by=iamd admin create',
        `iamd:created-group-id=${account.groups.get('administrators')?.id}`,
      ],
    )
  })

  it('shows every secret exactly once, on standard output', async () => {
    const { stdout, stderr } = await world.create()
    const { password = '', keys } = world.theUser()
    for (const secret of [password, keys[0]?.secret ?? '']) {
      assert.equal(stdout().split(secret).length, 2)
      assert.equal(stderr().includes(secret), false)
    }
    assert.match(stdout(), /shown this once/)
  })

  it('shows the review before anything is made, and asks', async () => {
    const person = { isInteractive: true, confirms: [true] }
    const { stderr, questions } = await world.create({}, { person, isConfirmed: false })
    assert.deepEqual(questions, ['Go ahead?'])
    const review = stderr().slice(0, stderr().indexOf('made group'))
    for (const line of ['as the root user', '+ group Administrators', '+ user /alice', '+ access key of alice']) {
      assert.ok(review.includes(line), line)
    }
  })

  it('makes nothing if the person says no, breaks off, or is not there', async () => {
    for (const answer of [false, undefined]) {
      const person = { isInteractive: true, confirms: [answer] }
      await assert.rejects(world.create({}, { person, isConfirmed: false }), { message: 'not confirmed', exitCode: 1 })
    }
    await assert.rejects(world.create({}, { isConfirmed: false }), { message: /nobody can be asked/, exitCode: 2 })
    assert.deepEqual(account.writes, [])
  })

  it('with `--output json` prints one object with each secret once', async () => {
    const { stdout } = await world.create({}, { person: { format: 'json' } })
    const { password, keys } = world.theUser()
    const report: unknown = JSON.parse(stdout())
    assert.ok(typeof report === 'object' && report !== null)
    assert.deepEqual(pick(report, ['status', 'accountId', 'userName', 'accessKeyId', 'secretAccessKey', 'password']), {
      status: 'created',
      accountId: fakeAccountId,
      userName: 'alice',
      accessKeyId: keys[0]?.id,
      secretAccessKey: keys[0]?.secret,
      password,
    })
  })

  it('makes only the access that is wanted', async () => {
    await world.create({ wantsConsole: false })
    assert.equal(world.theUser().password, undefined)
    account = world.startAnew()
    await world.create({ wantsProgrammatic: false, requiresPasswordReset: true })
    assert.deepEqual(world.theUser().keys, [])
    assert.equal(world.theUser().isResetRequired, true)
  })

  it('warns when a group that is there would make administrators of others', async () => {
    await account.api.createGroup('Administrators')
    account.groups.get('administrators')?.userNames.push('mallory')
    const { stderr } = await world.create()
    assert.match(
      stderr(),
      /! group `Administrators` is there and gives AdministratorAccess to its other members too: mallory/,
    )
  })
})

describe('the review', () => {
  it('warns of an endpoint that is not encrypted and not on this machine', async () => {
    const review = async (endpointUrl: string): Promise<string> => {
      account = world.startAnew()
      const terminal = fakeTerminal({ env: world.awsFiles() })
      await world.run(usableRequest, terminal, { endpointUrl })
      return terminal.stderr()
    }
    for (const endpointUrl of ['http://iam.internal:4263', 'http://10.0.0.1', 'http://localhost.evil.test']) {
      assert.match(await review(endpointUrl), /! the endpoint is not encrypted/)
    }
    for (const endpointUrl of [
      'https://iam.internal',
      'http://localhost:4263',
      'http://[::1]:4263',
      'http://127.0.0.2',
    ]) {
      assert.doesNotMatch(await review(endpointUrl), /not encrypted/)
    }
  })
})

describe('the password', () => {
  it('keeps the rules of the account when it is generated', async () => {
    account.passwordPolicy = {
      lengthMin: 40,
      requiresUppercase: true,
      requiresLowercase: true,
      requiresNumbers: true,
      requiresSymbols: true,
    }
    await world.create()
    assert.ok((world.theUser().password?.length ?? 0) >= 40)
  })

  it('from standard input is taken without its line end and never shown', async () => {
    const { stdout, stderr } = await world.create(
      { passwordFrom: 'standard input' },
      { person: { stdin: ' Given-secret 1\r\n' } },
    )
    assert.equal(world.theUser().password, ' Given-secret 1')
    assert.ok(!`${stdout()}${stderr()}`.includes('Given-secret'))
  })

  it('from the prompt must be typed twice the same', async () => {
    const typed = (...passwords: readonly (string | undefined)[]): Promise<FakeTerminal> =>
      world.create({ passwordFrom: 'prompt' }, { person: { isInteractive: true, passwords } })
    await assert.rejects(typed('Given-secret-1', 'Given-secret-2'), { message: /differ/ })
    await assert.rejects(typed('Given-secret-1', undefined), { message: /no password was given/ })
    assert.deepEqual(account.writes, [])
    await typed('Given-secret-1', 'Given-secret-1')
    assert.equal(world.theUser().password, 'Given-secret-1')
  })

  it('that breaks the rules is refused before anything is made, without being shown', async () => {
    const attempt = world.create({ passwordFrom: 'standard input' }, { person: { stdin: 'shorty' } })
    await assert.rejects(attempt, (error: unknown) => {
      assert.ok(error instanceof Failure)
      assert.match(error.message, /at least 8 characters are needed; 3 of the four kinds/)
      assert.ok(!error.message.includes('shorty'))
      return true
    })
    assert.deepEqual(account.writes, [])
  })

  it('is not read when the user has one', async () => {
    await world.create()
    const before = world.theUser().password
    await world.create({ passwordFrom: 'standard input' })
    assert.equal(world.theUser().password, before)
  })
})

describe('a second run', () => {
  it('changes nothing and says what is there', async () => {
    await world.create()
    const { stdout, stderr } = await world.create()
    assert.deepEqual(account.writes, everything)
    assert.match(stderr(), /= access key of alice\n/)
    assert.match(stderr(), /Nothing to do/)
    assert.equal(stdout(), '')
  })

  it('needs nobody to confirm, and answers `unchanged` in JSON', async () => {
    await world.create()
    const { stdout } = await world.create(
      { csvPath: join(folder, 'a.csv') },
      { person: { format: 'json' }, isConfirmed: false },
    )
    assert.match(stdout(), /"status": "unchanged"/)
    assert.doesNotMatch(stdout(), /secretAccessKey|password"/)
    assert.deepEqual(await readdir(folder), [])
  })

  it('finds user and group whatever the case of their names, and keeps their spelling', async () => {
    await world.create()
    const { stderr } = await world.create({ userName: 'ALICE', groupName: 'ADMINISTRATORS' })
    assert.match(stderr(), /= user alice in group Administrators/)
    assert.deepEqual(account.writes, everything)
  })

  it('says that path and tags of a user that is there stay', async () => {
    await world.create()
    const { stderr } = await world.create({ path: '/other/', tags: [{ key: 'a', value: 'b' }] })
    assert.match(stderr(), /! user `alice` keeps its path `\/`/)
    assert.match(stderr(), /! user `alice` keeps its tags; not set: a/)
  })
})

describe('a failure halfway', () => {
  it('at any step says exactly what was made, and the same command then makes the rest', async () => {
    for (const [index, operation] of everything.entries()) {
      account = world.startAnew()
      account.before = (called) => {
        if (called === operation) throw refusal(operation, 'AccessDenied', 'no\u001b[2J way')
      }
      const { terminal, failure } = await world.createFailing()
      assert.deepEqual(account.writes, everything.slice(0, index))
      assert.match(failure.message, new RegExp(`${operation} was refused: AccessDenied: no way$`))
      const [, made = ''] = terminal.stderr().split('Made before the failure:')
      assert.equal(made.split('Not made:')[0]?.match(/^ {2}\+/gm)?.length ?? 0, index)
      account.before = () => undefined
      await world.create()
      assert.deepEqual(account.writes, everything)
    }
  })

  it('hands over the secrets that were made before it', async () => {
    account.before = (operation) => {
      if (operation === 'CreateAccessKey') throw refusal(operation, 'LimitExceeded')
    }
    const { terminal } = await world.createFailing()
    assert.ok(terminal.stdout().includes(world.theUser().password ?? 'none'))
  })

  it('says how to undo: by `--undo` if the user was made, by hand if not', async () => {
    const undoAfter = async (failing: string): Promise<string> => {
      account = world.startAnew()
      account.before = (operation) => {
        if (operation === failing) throw refusal(operation, 'AccessDenied')
      }
      const { terminal } = await world.createFailing()
      return terminal.stderr().split('To undo:')[1] ?? ''
    }
    assert.equal(await undoAfter('CreateGroup'), '')
    assert.equal(
      await undoAfter('AddUserToGroup'),
      ' iamd admin create alice --undo --endpoint-url http://127.0.0.1:4263\n',
    )
    assert.equal(
      await undoAfter('CreateUser'),
      `\n  aws iam detach-group-policy --group-name Administrators --policy-arn ${policyArn} --endpoint-url http://127.0.0.1:4263` +
        '\n  aws iam delete-group --group-name Administrators --endpoint-url http://127.0.0.1:4263\n',
    )
  })

  it('whose outcome is unknown says so', async () => {
    account.before = (operation) => {
      if (operation !== 'CreateAccessKey') return
      throw new CallFailure({ operation, code: 'TimeoutError', outcome: 'unknown' }, new Error('socket hang up'))
    }
    const { terminal } = await world.createFailing()
    assert.match(terminal.stderr(), /access key of alice \(or perhaps made: no answer came\)/)
  })

  it('is an object with what was made in JSON', async () => {
    account.before = (operation) => {
      if (operation === 'CreateAccessKey') throw refusal(operation, 'LimitExceeded')
    }
    const { failure } = await world.createFailing({}, { format: 'json' })
    assert.equal(failure.report?.['password'], world.theUser().password)
    assert.ok(Array.isArray(failure.report?.['made']) && failure.report['made'].length === 5)
  })

  it('by Ctrl-C begins nothing more and tells the same', async () => {
    const controller = new AbortController()
    account.before = (operation) => {
      if (operation === 'CreateUser') controller.abort()
    }
    const terminal = fakeTerminal()
    await assert.rejects(world.run(usableRequest, terminal, { signal: controller.signal }), { message: /interrupted/ })
    assert.deepEqual(account.writes, everything.slice(0, 3))
    assert.match(terminal.stderr(), /Made before the failure:\n {2}\+ group Administrators\n.*\n {2}\+ user \/alice/)
  })
})

function pick(value: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)))
}
