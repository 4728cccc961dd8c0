import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { CallFailure } from '../account/account-api.ts'
import {
  fakeAccount,
  fakeAccountId,
  refusal,
  rootKeyId,
  type FakeAccount,
  type FakeUser,
} from '../account/fake-account.ts'
import { Failure } from '../failure.ts'
import { fakeTerminal, type FakePerson, type FakeTerminal } from '../fake-terminal.ts'
import type { AdminRequest } from './admin-request.ts'
import { createAdministrator } from './create-administrator.ts'

const everything = [
  'CreateGroup',
  'AttachGroupPolicy',
  'CreateUser',
  'AddUserToGroup',
  'CreateLoginProfile',
  'CreateAccessKey',
]
const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'

let account: FakeAccount
let folder: string

beforeEach(async () => {
  account = fakeAccount()
  folder = await mkdtemp(join(tmpdir(), 'iamd-admin-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('making an administrator', () => {
  it('makes the group, the policy on it, the user in it, a password and an access key, in this order', async () => {
    await create({ tags: [{ key: 'team', value: 'ops' }], path: '/team/' })
    assert.deepEqual(account.writes, everything)
    const user = theUser()
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
    const { stdout, stderr } = await create()
    const { password = '', keys } = theUser()
    for (const secret of [password, keys[0]?.secret ?? '']) {
      assert.equal(stdout().split(secret).length, 2)
      assert.equal(stderr().includes(secret), false)
    }
    assert.match(stdout(), /shown this once/)
  })

  it('shows the review before anything is made, and asks', async () => {
    const person = { isInteractive: true, confirms: [true] }
    const { stderr, questions } = await create({}, { person, isConfirmed: false })
    assert.deepEqual(questions, ['Go ahead?'])
    const review = stderr().slice(0, stderr().indexOf('made group'))
    for (const line of ['as the root user', '+ group Administrators', '+ user /alice', '+ access key of alice']) {
      assert.ok(review.includes(line), line)
    }
  })

  it('makes nothing if the person says no, breaks off, or is not there', async () => {
    for (const answer of [false, undefined]) {
      const person = { isInteractive: true, confirms: [answer] }
      await assert.rejects(create({}, { person, isConfirmed: false }), { message: 'not confirmed', exitCode: 1 })
    }
    await assert.rejects(create({}, { isConfirmed: false }), { message: /nobody can be asked/, exitCode: 2 })
    assert.deepEqual(account.writes, [])
  })

  it('with `--output json` prints one object with each secret once', async () => {
    const { stdout } = await create({}, { person: { format: 'json' } })
    const { password, keys } = theUser()
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
    await create({ wantsConsole: false })
    assert.equal(theUser().password, undefined)
    account = fakeAccount()
    await create({ wantsProgrammatic: false, requiresPasswordReset: true })
    assert.deepEqual(theUser().keys, [])
    assert.equal(theUser().isResetRequired, true)
  })

  it('warns when a group that is there would make administrators of others', async () => {
    await account.api.createGroup('Administrators')
    account.groups.get('administrators')?.userNames.push('mallory')
    const { stderr } = await create()
    assert.match(
      stderr(),
      /! group `Administrators` is there and gives AdministratorAccess to its other members too: mallory/,
    )
  })
})

describe('the review', () => {
  it('warns of an endpoint that is not encrypted and not on this machine', async () => {
    const review = async (endpointUrl: string): Promise<string> => {
      account = fakeAccount()
      const terminal = fakeTerminal({ env: awsFiles() })
      await run(request(), terminal, { endpointUrl })
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
    await create()
    assert.ok((theUser().password?.length ?? 0) >= 40)
  })

  it('from standard input is taken without its line end and never shown', async () => {
    const { stdout, stderr } = await create(
      { passwordFrom: 'standard input' },
      { person: { stdin: ' Given-secret 1\r\n' } },
    )
    assert.equal(theUser().password, ' Given-secret 1')
    assert.ok(!`${stdout()}${stderr()}`.includes('Given-secret'))
  })

  it('from the prompt must be typed twice the same', async () => {
    const typed = (...passwords: readonly (string | undefined)[]): Promise<FakeTerminal> =>
      create({ passwordFrom: 'prompt' }, { person: { isInteractive: true, passwords } })
    await assert.rejects(typed('Given-secret-1', 'Given-secret-2'), { message: /differ/ })
    await assert.rejects(typed('Given-secret-1', undefined), { message: /no password was given/ })
    assert.deepEqual(account.writes, [])
    await typed('Given-secret-1', 'Given-secret-1')
    assert.equal(theUser().password, 'Given-secret-1')
  })

  it('that breaks the rules is refused before anything is made, without being shown', async () => {
    const attempt = create({ passwordFrom: 'standard input' }, { person: { stdin: 'shorty' } })
    await assert.rejects(attempt, (error: unknown) => {
      assert.ok(error instanceof Failure)
      assert.match(error.message, /at least 8 characters are needed; 3 of the four kinds/)
      assert.ok(!error.message.includes('shorty'))
      return true
    })
    assert.deepEqual(account.writes, [])
  })

  it('is not read when the user has one', async () => {
    await create()
    const before = theUser().password
    await create({ passwordFrom: 'standard input' })
    assert.equal(theUser().password, before)
  })
})

describe('a second run', () => {
  it('changes nothing and says what is there', async () => {
    await create()
    const { stdout, stderr } = await create()
    assert.deepEqual(account.writes, everything)
    assert.match(stderr(), /= access key of alice\n/)
    assert.match(stderr(), /Nothing to do/)
    assert.equal(stdout(), '')
  })

  it('needs nobody to confirm, and answers `unchanged` in JSON', async () => {
    await create()
    const { stdout } = await create(
      { csvPath: join(folder, 'a.csv') },
      { person: { format: 'json' }, isConfirmed: false },
    )
    assert.match(stdout(), /"status": "unchanged"/)
    assert.doesNotMatch(stdout(), /secretAccessKey|password"/)
    assert.deepEqual(await readdir(folder), [])
  })

  it('finds user and group whatever the case of their names, and keeps their spelling', async () => {
    await create()
    const { stderr } = await create({ userName: 'ALICE', groupName: 'ADMINISTRATORS' })
    assert.match(stderr(), /= user alice in group Administrators/)
    assert.deepEqual(account.writes, everything)
  })

  it('says that path and tags of a user that is there stay', async () => {
    await create()
    const { stderr } = await create({ path: '/other/', tags: [{ key: 'a', value: 'b' }] })
    assert.match(stderr(), /! user `alice` keeps its path `\/`/)
    assert.match(stderr(), /! user `alice` keeps its tags; not set: a/)
  })
})

describe('a failure halfway', () => {
  it('at any step says exactly what was made, and the same command then makes the rest', async () => {
    for (const [index, operation] of everything.entries()) {
      account = fakeAccount()
      account.before = (called) => {
        if (called === operation) throw refusal(operation, 'AccessDenied', 'no\u001b[2J way')
      }
      const { terminal, failure } = await createFailing()
      assert.deepEqual(account.writes, everything.slice(0, index))
      assert.match(failure.message, new RegExp(`${operation} was refused: AccessDenied: no way$`))
      const [, made = ''] = terminal.stderr().split('Made before the failure:')
      assert.equal(made.split('Not made:')[0]?.match(/^ {2}\+/gm)?.length ?? 0, index)
      account.before = () => undefined
      await create()
      assert.deepEqual(account.writes, everything)
    }
  })

  it('hands over the secrets that were made before it', async () => {
    account.before = (operation) => {
      if (operation === 'CreateAccessKey') throw refusal(operation, 'LimitExceeded')
    }
    const { terminal } = await createFailing()
    assert.ok(terminal.stdout().includes(theUser().password ?? 'none'))
  })

  it('says how to undo: by `--undo` if the user was made, by hand if not', async () => {
    const undoAfter = async (failing: string): Promise<string> => {
      account = fakeAccount()
      account.before = (operation) => {
        if (operation === failing) throw refusal(operation, 'AccessDenied')
      }
      const { terminal } = await createFailing()
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
    const { terminal } = await createFailing()
    assert.match(terminal.stderr(), /access key of alice \(or perhaps made: no answer came\)/)
  })

  it('is an object with what was made in JSON', async () => {
    account.before = (operation) => {
      if (operation === 'CreateAccessKey') throw refusal(operation, 'LimitExceeded')
    }
    const { failure } = await createFailing({}, { format: 'json' })
    assert.equal(failure.report?.['password'], theUser().password)
    assert.ok(Array.isArray(failure.report?.['made']) && failure.report['made'].length === 5)
  })

  it('by Ctrl-C begins nothing more and tells the same', async () => {
    const controller = new AbortController()
    account.before = (operation) => {
      if (operation === 'CreateUser') controller.abort()
    }
    const terminal = fakeTerminal()
    await assert.rejects(run(request(), terminal, { signal: controller.signal }), { message: /interrupted/ })
    assert.deepEqual(account.writes, everything.slice(0, 3))
    assert.match(terminal.stderr(), /Made before the failure:\n {2}\+ group Administrators\n.*\n {2}\+ user \/alice/)
  })
})

describe('a credentials file', () => {
  it('takes the secrets, with mode 0600, and the terminal does not show them', async () => {
    const csvPath = join(folder, 'alice.csv')
    const { stdout } = await create({ csvPath })
    const { password, keys } = theUser()
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
    await assert.rejects(create({ csvPath }), { message: `\`${csvPath}\` is there already` })
    assert.deepEqual(account.writes, [])
    assert.equal(await readFile(csvPath, 'utf8'), 'precious')
  })

  it('does not stay behind empty when no secret was made', async () => {
    account.before = (operation) => {
      if (operation === 'CreateUser') throw refusal(operation, 'AccessDenied')
    }
    await createFailing({ csvPath: join(folder, 'alice.csv') })
    assert.deepEqual(await readdir(folder), [])
  })
})

describe('a profile', () => {
  it('takes the access key, and the terminal shows the password only', async () => {
    const { stdout } = await create({ profile: { name: 'alice', mayOverwrite: false } })
    const { password, keys } = theUser()
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
    await assert.rejects(create({ profile: { name: 'alice', mayOverwrite: false } }), {
      message: /is there with other settings/,
    })
    assert.deepEqual(account.writes, [])
    await create({ profile: { name: 'alice', mayOverwrite: true } })
    assert.doesNotMatch(await readFile(join(folder, 'credentials'), 'utf8'), /AKIAOTHER/)
  })

  it('that cannot be saved after all leaves the key to the terminal, and the run fails', async () => {
    account.before = (operation) => {
      if (operation === 'CreateAccessKey') mkdirSync(join(folder, 'credentials'))
    }
    const { terminal, failure } = await createFailing({ profile: { name: 'alice', mayOverwrite: false } })
    assert.match(failure.message, /a secret could not be saved: cannot read `.*credentials`/)
    assert.ok(terminal.stdout().includes(theUser().keys[0]?.secret ?? 'none'))
  })
})

describe('locking root', () => {
  it('deletes the root key after the new key was used', async () => {
    const uses: string[] = []
    account.before = (operation) => uses.push(operation)
    const { stderr } = await create({ rootLock: 'delete' })
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
    await create({ rootLock: 'deactivate' })
    assert.deepEqual(
      account.rootKeys.map(({ isActive }) => isActive),
      [false],
    )
  })

  it('locks the key that signs last, or the others would stay', async () => {
    account.rootKeys.push({ id: 'AKIAROOT000000000002', secret: 'other', isActive: true })
    await create({ rootLock: 'delete' })
    assert.deepEqual(account.rootKeys, [])
  })

  it('leaves the root key alone if the new key does not prove to work', async () => {
    account.before = (operation) => {
      if (operation === 'GetAccountSummary') throw refusal(operation, 'AccessDenied')
    }
    const { terminal, failure } = await createFailing({ rootLock: 'delete' })
    assert.match(failure.message, /did not prove to work: GetAccountSummary was refused: AccessDenied/)
    assert.equal(account.rootKeys.length, 1)
    assert.ok(terminal.stdout().includes(theUser().keys[0]?.secret ?? 'none'))
  })

  it('is refused before anything is made if the caller is not root', async () => {
    await create({ userName: 'bob' })
    const [key] = account.users.get('bob')?.keys ?? []
    assert.ok(key)
    const writes = account.writes.length
    const attempt = run(request({ rootLock: 'delete' }), fakeTerminal(), { api: account.api.withKey(key) })
    await assert.rejects(attempt, { message: /`--lock-root` needs the root user's own access key/ })
    assert.equal(account.writes.length, writes)
  })

  it('has nothing to do when root has no key', async () => {
    await create({ userName: 'bob' })
    const [key] = account.users.get('bob')?.keys ?? []
    assert.ok(key)
    account.rootKeys.length = 0
    const terminal = fakeTerminal()
    await run(request({ rootLock: 'delete' }), terminal, { api: account.api.withKey(key) })
    assert.match(terminal.stderr(), /! the root user has no access key/)
  })

  it('asks once more when the only copy of the new key is on the screen', async () => {
    const person = { isInteractive: true, confirms: [true, false] }
    await assert.rejects(create({ rootLock: 'delete' }, { person, isConfirmed: false }), { message: 'not confirmed' })
    assert.equal(account.rootKeys.length, 1)
    assert.equal(theUser().keys.length, 1)
  })

  it('in a later run proves the key that the profile holds', async () => {
    const profile = { name: 'alice', mayOverwrite: false }
    await create({ profile })
    await create({ profile, rootLock: 'delete' })
    assert.deepEqual(account.rootKeys, [])
    assert.deepEqual(account.writes, [...everything, 'DeleteAccessKey'])
  })

  it('in a later run without a known key is refused', async () => {
    await create()
    await assert.rejects(create({ rootLock: 'delete' }), { message: /this run makes none/ })
    assert.equal(account.rootKeys.length, 1)
  })

  it('with JSON wants the new key saved first, since the object comes last', async () => {
    const person: FakePerson = { format: 'json' }
    await assert.rejects(create({ rootLock: 'delete' }, { person }), { message: /saved first/, exitCode: 2 })
    assert.deepEqual(account.writes, [])
    const { stdout } = await create({ rootLock: 'delete', csvPath: join(folder, 'a.csv') }, { person })
    assert.match(stdout(), new RegExp(`"rootLock": {\\s+"how": "delete",\\s+"accessKeyIds": \\[\\s+"${rootKeyId}"`))
  })
})

type RunOptions = {
  readonly isConfirmed?: boolean
  readonly signal?: AbortSignal
  readonly api?: FakeAccount['api']
  readonly endpointUrl?: string
}

function run(what: AdminRequest, { session }: FakeTerminal, options: RunOptions = {}): Promise<void> {
  const { endpointUrl = 'http://127.0.0.1:4263' } = options
  const target = { endpointUrl, region: 'us-east-1', profile: undefined }
  const { isConfirmed = true, signal = new AbortController().signal, api = account.api } = options
  return createAdministrator(what, { api, target, session, isConfirmed, signal })
}

async function create(
  changes: Partial<AdminRequest> = {},
  { person = {}, isConfirmed = true }: { person?: FakePerson; isConfirmed?: boolean } = {},
): Promise<FakeTerminal> {
  const terminal = fakeTerminal({ ...person, env: awsFiles() })
  await run(request(changes), terminal, { isConfirmed })
  return terminal
}

async function createFailing(
  changes: Partial<AdminRequest> = {},
  person: FakePerson = {},
): Promise<{ terminal: FakeTerminal; failure: Failure }> {
  const terminal = fakeTerminal({ ...person, env: awsFiles() })
  try {
    await run(request(changes), terminal)
  } catch (failure) {
    assert.ok(failure instanceof Failure)
    return { terminal, failure }
  }
  throw new Error('the run did not fail')
}

function awsFiles(): Record<string, string> {
  return { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') }
}

function request(changes: Partial<AdminRequest> = {}): AdminRequest {
  return {
    userName: 'alice',
    groupName: 'Administrators',
    path: '/',
    tags: [],
    wantsConsole: true,
    wantsProgrammatic: true,
    passwordFrom: 'generator',
    requiresPasswordReset: false,
    csvPath: undefined,
    profile: undefined,
    rootLock: undefined,
    ...changes,
  }
}

function theUser(): FakeUser {
  const user = account.users.get('alice')
  assert.ok(user)
  return user
}

function pick(value: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)))
}
