/**
 * What is secret in a call goes nowhere but into the store, hashed or sealed: not into its own answer or error, not into the answer
 * of any other operation, not into the journal's entries, not into what is reported of a denial.
 *
 * Secret is what the model calls sensitive, so an operation that is registered with such a member is in here by that.
 */
import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { test } from 'node:test'
import { type Credentials, type HttpRequest, sign, type SigningOptions } from '@iamd/sigv4'
import { getOperation, type OperationModel, type Shape } from '@iamd/wire'
import { createMemoryJournal, MemoryStore } from '../src/journal/memory.ts'
import { operations } from '../src/operations/registry.ts'
import { badCalls, keysOf } from './bad-signature.ts'
import { codesAt } from './credentials/mfa-codes.ts'
import { SAMPLE_CERTIFICATE, sampleOf } from './operation-sample.ts'
import { fillAccount } from './standing-account.ts'
import { getCall, postCall, type WireInput } from './wire-call.ts'
import { World } from './world.ts'

const SENSITIVE_INPUTS = [...operations.keys()]
  .map((name) => getOperation(name))
  .map((model) => ({ model, members: sensitiveMembers(model) }))
  .filter(({ members }) => members.length > 0)

/** Ways in which a secret can be wrong: for the model, and for the account's password policy. The last is right, so that it is stored. */
const FORMS: readonly ((canary: string) => string)[] = [
  (canary) => `${canary}\u0100`,
  (canary) => canary.repeat(20),
  (canary) => `${canary}\u0000`,
  (canary) => canary.toLowerCase().replaceAll(/[^a-z]/g, ''),
  (canary) => canary,
]

/** A right secret that holds the canary, where not every text is one: text around a key's PEM does not matter. */
const RIGHT_FORMS: ReadonlyMap<string, (canary: string) => string> = new Map([
  ['PrivateKey', (canary) => `${canary}\n${SAMPLE_CERTIFICATE.privateKeyPem}`],
])

test('the operations that take a secret are the known ones', () => {
  assert.deepEqual(SENSITIVE_INPUTS.map(({ model, members }) => `${model.name}: ${members.join(', ')}`).toSorted(), [
    'ChangePassword: OldPassword, NewPassword',
    'CreateLoginProfile: Password',
    'UpdateLoginProfile: Password',
    'UploadServerCertificate: PrivateKey',
  ])
})

for (const { model, members } of SENSITIVE_INPUTS) {
  test(`L-02: no secret that ${model.name} is sent is answered, recorded or reported, whatever is wrong with the call`, async () => {
    const { world, store, answers } = await watchedWorld()
    const canaries: string[] = []
    const keys = await keysOf(world)
    const nobody = await world.createUser('Nobody')
    for (const [member, form] of members.flatMap((name) => formsOf(name).map((form) => [name, form] as const))) {
      const input = (): WireInput => {
        const canary = `Canary-${canaries.length}-Hidden-${model.name}`
        const secret = form(canary)
        canaries.push(canary, secret, ...secret.split('\n').filter((line) => line.length >= 40))
        return { ...sampleOf(model.name).input, [member]: secret }
      }
      for (const build of [postCall, getCall]) {
        for (const credentials of [nobody, keys.caller]) {
          await answers.send(sign(build(model, input()), credentials, signing(world, model)))
        }
        const bad = (credentials: Credentials, options: SigningOptions): HttpRequest =>
          sign(build(model, input()), credentials, options)
        for (const { call } of badCalls(bad, keys, signing(world, model))) await answers.send(call)
      }
    }
    await readEverything(world, keys.caller, answers)
    assert(canaries.length > 100)
    assert(
      answers.all.some(([, text]) => text.includes(`<${model.name}Response `)),
      'the call succeeds when nothing is wrong',
    )
    for (const [place, text] of [...answers.all, ...recordsOf(world, store)]) assertHoldsNone(text, canaries, place)
  })
}

test('L-02: a secret access key is in the answer that makes it and nowhere else', async () => {
  const { world, store, answers } = await watchedWorld()
  const { caller } = await keysOf(world)
  const model = getOperation('CreateAccessKey')
  const made = await world.send(sign(postCall(model, { UserName: 'Free' }), caller, signing(world, model)))
  const [, secret = ''] = /<SecretAccessKey>(.*)<\/SecretAccessKey>/.exec(made.body) ?? []
  assert.equal(secret.length, 40)
  await readEverything(world, caller, answers)
  for (const [place, text] of [...answers.all, ...recordsOf(world, store)]) assertHoldsNone(text, [secret], place)
})

test('L-02: the seed of an MFA device is in the answer that makes it, as text and picture, and nowhere else', async () => {
  const { world, store, answers } = await watchedWorld()
  const { caller } = await keysOf(world)
  const model = getOperation('CreateVirtualMFADevice')
  const made = await world.send(sign(postCall(model, { VirtualMFADeviceName: 'New' }), caller, signing(world, model)))
  const [, base64 = ''] = /<Base32StringSeed>(.*)<\/Base32StringSeed>/.exec(made.body) ?? []
  const [, picture = ''] = /<QRCodePNG>(.*)<\/QRCodePNG>/.exec(made.body) ?? []
  const seed = Buffer.from(base64, 'base64').toString('latin1')
  assert.match(seed, /^[A-Z2-7]{64}$/)
  assert(picture.length > 100)
  const SerialNumber = 'arn:aws:iam::123456789012:mfa/New'
  for (const { input, name } of [
    { name: 'EnableMFADevice', input: { UserName: 'Free', SerialNumber, ...codesAt('A'.repeat(64), world.now) } },
    { name: 'EnableMFADevice', input: { UserName: 'Free', SerialNumber, ...codesAt(seed, world.now) } },
    { name: 'ResyncMFADevice', input: { UserName: 'Free', SerialNumber, ...codesAt(seed, world.now, 2) } },
  ] as const) {
    await answers.send(sign(postCall(getOperation(name), input), caller, signing(world, getOperation(name))))
  }
  await readEverything(world, caller, answers)
  const texts = [...answers.all, ...recordsOf(world, store)]
  for (const [place, text] of texts) assertHoldsNone(text, [seed, base64, picture], place)
  assert.equal(answers.all.filter(([, text]) => text.includes('<EnableMFADeviceResponse ')).length, 1)
})

test('L-02: the secret of a service-specific credential is in the answer that makes it and nowhere else', async () => {
  const { world, store, answers } = await watchedWorld()
  const { caller } = await keysOf(world)
  const secrets: string[] = []
  const make = async (name: 'CreateServiceSpecificCredential' | 'ResetServiceSpecificCredential', input: WireInput) => {
    const model = getOperation(name)
    const made = await world.send(sign(postCall(model, input), caller, signing(world, model)))
    const [, , secret = ''] = /<Service(Password|CredentialSecret)>(.*)<\/Service/.exec(made.body) ?? []
    assert(secret.length >= 60, made.body)
    secrets.push(secret)
    return /<ServiceSpecificCredentialId>(.*)<\/ServiceSpecificCredentialId>/.exec(made.body)?.[1] ?? ''
  }
  for (const ServiceName of ['codecommit.amazonaws.com', 'bedrock.amazonaws.com']) {
    const id = await make('CreateServiceSpecificCredential', { UserName: 'Free', ServiceName })
    await make('ResetServiceSpecificCredential', { UserName: 'Free', ServiceSpecificCredentialId: id })
  }
  assert.equal(new Set(secrets).size, 4)
  await readEverything(world, caller, answers)
  for (const [place, text] of [...answers.all, ...recordsOf(world, store)]) assertHoldsNone(text, secrets, place)
})

function formsOf(member: string): readonly ((canary: string) => string)[] {
  const right = RIGHT_FORMS.get(member)
  return right === undefined ? FORMS : [...FORMS, right]
}

/** The members of an operation's input that its model calls sensitive. */
function sensitiveMembers({ input }: OperationModel): string[] {
  return (input?.members ?? []).filter(({ shape }) => isSensitive(shape)).map(({ name }) => name)
}

function isSensitive(shape: Shape): boolean {
  switch (shape.kind) {
    case 'string':
    case 'blob':
      return shape.isSensitive
    case 'list':
      return isSensitive(shape.element)
    case 'map':
      return isSensitive(shape.value)
    case 'structure':
      return shape.members.some((member) => isSensitive(member.shape))
    case 'boolean':
    case 'integer':
    case 'timestamp':
      return false
  }
}

type Text = readonly [place: string, text: string]

interface Answers {
  readonly all: Text[]
  send(call: HttpRequest): Promise<void>
}

/** The standing account, the store that its journal writes to, and every answer that is sent for. */
async function watchedWorld(): Promise<{ world: World; store: MemoryStore; answers: Answers }> {
  const store = new MemoryStore()
  const world = await World.create({ journal: createMemoryJournal(store) })
  await fillAccount(world)
  await world.change(({ passwordPolicy }) => {
    for (const policy of passwordPolicy.scan()) passwordPolicy.put({ ...policy, requireNumbers: true })
  })
  const all: Text[] = []
  const send = async (call: HttpRequest): Promise<void> => {
    all.push(['an answer', inspect(await world.send(call), { maxStringLength: null })])
  }
  return { world, store, answers: { all, send } }
}

/** Calls every operation that only reads, as a caller who may do everything. */
async function readEverything(world: World, caller: Credentials, answers: Answers): Promise<void> {
  for (const [name, { kind }] of operations) {
    if (kind !== 'read') continue
    const model = getOperation(name)
    await answers.send(sign(postCall(model, sampleOf(name).input), caller, signing(world, model)))
  }
}

/** What is kept of the calls besides their answers: the journal's entries and the reports of denials; there are no bugs. */
function recordsOf(world: World, store: MemoryStore): Text[] {
  assert.deepEqual(world.bugs, [])
  const denials = world.denials.map((denial) => ({ ...denial, explanation: denial.explain() }))
  const everything = { depth: null, maxStringLength: null, maxArrayLength: null } as const
  return [
    ['the journal', inspect(store, everything)],
    ['a denial', inspect(denials, everything)],
  ]
}

/** Neither as it is, whatever the case, nor as base64 or hexadecimal digits. */
function assertHoldsNone(text: string, canaries: readonly string[], place: string): void {
  const lower = text.toLowerCase()
  for (const canary of canaries) {
    const bytes = Buffer.from(canary)
    assert(!lower.includes(canary.toLowerCase()), `${place} holds \`${canary}\``)
    assert(!text.includes(bytes.toString('base64').replace(/=+$/, '')), `${place} holds \`${canary}\` in base64`)
    assert(!lower.includes(bytes.toString('hex')), `${place} holds \`${canary}\` in hexadecimal digits`)
  }
}

function signing(world: World, { service }: OperationModel): SigningOptions {
  return { service: { service }, region: 'us-east-1', now: world.now }
}
