/** Rows and O-10: what a caller learns from a refusal, and what it can make the server believe or repeat. */
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { type TestContext, test } from 'node:test'
import { type HttpRequest, presign, sign } from '@iamd/sigv4'
import { getOperation } from '@iamd/wire'
import { getCall, post, postCall, refusalOf } from '../wire-call.ts'
import { type Credentials, NOON, World } from '../world.ts'

const IAM = { service: { service: 'iam' }, region: 'us-east-1', now: NOON } as const
const STS = { ...IAM, service: { service: 'sts' } } as const
const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const

test('A-19: an unknown key, an inactive one, a deleted one and one with a token answer alike, after the same work', async (t) => {
  const world = await World.create()
  const inactive = await world.createUser('Inactive', everything)
  const deleted = await world.createUser('Deleted', everything)
  const ownerless = await world.createUser('Ownerless', everything)
  const good = await world.createUser('Good', everything)
  await world.change(({ accessKeys, users }) => {
    const key = accessKeys.find(inactive.accessKeyId)
    assert(key !== undefined)
    accessKeys.put({ ...key, status: 'Inactive' })
    accessKeys.delete(deleted.accessKeyId)
    users.delete('ownerless')
  })
  const call = (credentials: Credentials & { readonly sessionToken?: string }): HttpRequest =>
    sign(postCall(getOperation('GetUser'), { UserName: 'Good' }), credentials, IAM)
  const hashes = countHashes(t)
  const work: number[] = []
  const answers: string[] = []
  for (const request of [
    call({ ...good, accessKeyId: 'AKIA2OAHZ37VNOSUCHKE' }),
    call(inactive),
    call(deleted),
    call(ownerless),
    call({ ...inactive, secretAccessKey: 'wrong' }),
  ]) {
    const before = hashes()
    const answer = await world.send(request)
    work.push(hashes() - before)
    answers.push(answer.body.replace(answer.requestId, ''))
  }
  const [unknown = 0] = work
  assert.ok(unknown > 0)
  assert.deepEqual(new Set(work), new Set([unknown]))
  assert.equal(new Set(answers).size, 1)
  // A key that is in use, with a signature that is wrong, costs the same as well.
  assert.equal((await world.send(call(good))).status, 200)
  const wrong = call({ ...good, secretAccessKey: 'wrong' })
  const before = hashes()
  assert.equal(refusalOf(await world.send(wrong)).code, 'SignatureDoesNotMatch')
  assert.equal(hashes() - before, unknown)
  assert.equal(refusalOf(await world.send(call({ ...good, sessionToken: 'x' }))).code, 'InvalidClientTokenId')
})

test('A-19: what is wrong with the time of a request is said alike for a key that is known and one that is not', async () => {
  const world = await World.create()
  const expired = { ...IAM, now: new Date(NOON.getTime() - 3_600_000) }
  const unknown = { ...world.root, accessKeyId: 'AKIA2OAHZ37VNOSUCHKE' }
  const [one, other] = [world.root, unknown].map((credentials) =>
    sign(postCall(getOperation('ListUsers'), {}), credentials, expired),
  )
  assert(one !== undefined && other !== undefined)
  assert.deepEqual(refusalOf(await world.send(one)), refusalOf(await world.send(other)))
})

test('A-19: signatures that do not verify leave nothing behind, whatever regions they name', async (t) => {
  const world = await World.create()
  const opened = t.mock.method(world.vault, 'open')
  const call = postCall(getOperation('ListUsers'), {})
  assert.equal((await world.send(sign(call, world.root, IAM))).status, 200)
  const signed = sign(call, world.root, IAM)
  for (let at = 0; at < 10_001; at += 1) {
    const rawHeaders = signed.rawHeaders.map((value) => value.replace('/us-east-1/', `/r${at}/`))
    await world.send({ ...call, rawHeaders })
  }
  const before = opened.mock.callCount()
  assert.equal((await world.send(sign(call, world.root, IAM))).status, 200)
  assert.equal(opened.mock.callCount(), before, 'the key that is in use was pushed out of the cache')
})

test('O-10: a signature of another length, or of other characters, is unequal and no exception', async () => {
  const world = await World.create()
  const call = sign(postCall(getOperation('ListUsers'), {}), world.root, IAM)
  const real = /[0-9a-f]{64}$/.exec(call.rawHeaders.at(-1) ?? '')?.[0] ?? ''
  for (const other of [
    '',
    '0',
    real.slice(1),
    `${real}0`,
    `${real}${real}`,
    real.toUpperCase(),
    'g'.repeat(64),
    'é'.repeat(64),
  ]) {
    const rawHeaders = call.rawHeaders.map((value) => value.replace(`Signature=${real}`, `Signature=${other}`))
    const { status, code } = refusalOf(await world.send({ ...call, rawHeaders }))
    assert.ok(status === 403 || status === 400, `${other}: ${status} ${code}`)
  }
  assert.deepEqual(world.bugs, [])
  assert.equal((await world.send(call)).status, 200)
})

/** Headers by which some server of this kind has been told who calls. */
const TRUSTED_ELSEWHERE: readonly (readonly [name: string, value: string])[] = [
  ['X-Iamd-Principal', 'arn:aws:iam::123456789012:root'],
  ['X-Iamd-Account', '123456789012'],
  ['X-Iamd-Internal', 'true'],
  ['X-Amzn-Iam-Principal', 'arn:aws:iam::123456789012:root'],
  ['X-Amzn-Oidc-Identity', 'root'],
  ['X-Forwarded-User', 'root'],
  ['X-Forwarded-For', '10.0.0.1'],
  ['X-Forwarded-Host', 'iam.amazonaws.com'],
  ['X-Real-Ip', '10.0.0.1'],
  ['X-Remote-User', 'root'],
  ['X-User', 'root'],
  ['Remote-User', 'root'],
  ['Forwarded', 'for=10.0.0.1;host=iam.amazonaws.com'],
  ['Via', '1.1 iamd'],
  ['X-Original-Url', '/health'],
  ['X-Rewrite-Url', '/health'],
  ['X-Http-Method-Override', 'GET'],
  ['Proxy-Authorization', 'Basic cm9vdDpyb290'],
  ['Cookie', 'principal=root'],
]

test('A-23: no header tells the server who calls: without a signature it changes nothing, and with one the signer stays the signer', async () => {
  const world = await World.create()
  const nobody = await world.createUser('Nobody')
  const { accessKeyId } = world.root
  const headers = [...TRUSTED_ELSEWHERE, ['X-Amz-Access-Key-Id', accessKeyId], ['X-Amz-Source-Account', '123456789012']]
  for (const header of headers) {
    const unsigned = postCall(getOperation('ListUsers'), {})
    const bare = await world.send({ ...unsigned, rawHeaders: [...unsigned.rawHeaders, ...header] })
    assert.equal(refusalOf(bare).code, 'MissingAuthenticationToken', header[0])
    const listing = sign({ ...unsigned, rawHeaders: [...unsigned.rawHeaders, ...header] }, nobody, IAM)
    assert.equal(refusalOf(await world.send(listing)).code, 'AccessDenied', header[0])
    const identity = postCall(getOperation('GetCallerIdentity'), {})
    const asked = sign({ ...identity, rawHeaders: [...identity.rawHeaders, ...header] }, nobody, STS)
    assert.match((await world.send(asked)).body, /<Arn>arn:aws:iam::123456789012:user\/Nobody<\/Arn>/, header[0])
  }
})

test('A-25: GetCallerIdentity repeats nothing that the caller sent, and its content type is the one of its protocol', async () => {
  const world = await World.create()
  const canary = 'Canary<Arn>arn:aws:iam::999999999999:root</Arn>'
  const headers = ['Accept', 'application/json', 'User-Agent', canary, 'X-Canary', canary, 'Referer', canary]
  const model = getOperation('GetCallerIdentity')
  const unsigned = getCall(model, { Canary: canary, Arn: canary, Account: '999999999999', Accept: 'text/html' })
  const request = { ...unsigned, rawHeaders: [...unsigned.rawHeaders, ...headers] }
  for (const call of [presign(request, world.root, STS), sign(request, world.root, STS)]) {
    const { status, body, contentType } = await world.send(call)
    assert.equal(status, 200)
    assert.equal(contentType, 'text/xml')
    assert.doesNotMatch(body, /Canary|999999999999|html/i)
    assert.equal(body.match(/<Arn>/g)?.length, 1)
  }
})

test('A-25: a signed GetCallerIdentity is good for nothing else: another action, method, host, header or query breaks it', async () => {
  const world = await World.create()
  const model = getOperation('GetCallerIdentity')
  const presigned = presign(getCall(model, {}), world.root, STS)
  const signed = sign(postCall(model, {}), world.root, STS)
  assert.equal((await world.send(presigned)).status, 200)
  assert.equal((await world.send(signed)).status, 200)
  const [, host = ''] = presigned.rawHeaders
  const bent: HttpRequest[] = [
    { ...presigned, target: presigned.target.replace('GetCallerIdentity', 'GetSessionToken') },
    { ...presigned, target: presigned.target.replace('Action=', 'action=') },
    { ...presigned, target: `${presigned.target}&Accept=text%2Fhtml` },
    { ...presigned, method: 'POST' },
    { ...presigned, rawHeaders: ['Host', `vault.${host}`] },
    { ...presigned, rawHeaders: [...presigned.rawHeaders, 'X-Amz-Meta-Audience', 'elsewhere'] },
    { ...signed, body: Buffer.from('Action=GetAccessKeyInfo&Version=2011-06-15') },
    {
      ...signed,
      rawHeaders: signed.rawHeaders.map((value) =>
        value === 'application/x-www-form-urlencoded' ? `${value}; charset=utf-8` : value,
      ),
    },
  ]
  for (const call of bent) assert.notEqual((await world.send(call)).status, 200, JSON.stringify(call))
})

test('A-07: a body in chunks of its own is not taken apart: it is refused before any of it is used', async () => {
  const world = await World.create()
  const form = Buffer.from('Action=CreateUser&Version=2010-05-08&UserName=Chunked')
  const chunk = `${form.length.toString(16)};chunk-signature=${'0'.repeat(64)}\r\n${form.toString()}\r\n`
  const headers = [
    'Content-Type',
    'application/x-www-form-urlencoded',
    'X-Amz-Decoded-Content-Length',
    `${form.length}`,
  ]
  const unsigned = post(chunk, [...headers, 'X-Amz-Content-Sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])
  assert.notEqual((await world.send(sign(unsigned, world.root, IAM))).status, 200)
  assert.equal(world.account.users.size, 0)
})

/** How many SHA-256 digests were made so far: what every step of a signature consists of. */
function countHashes(t: TestContext): () => number {
  const counted = t.mock.method(crypto, 'hash')
  syncBuiltinESMExports()
  t.after(() => {
    counted.mock.restore()
    syncBuiltinESMExports()
  })
  return () => counted.mock.callCount()
}
