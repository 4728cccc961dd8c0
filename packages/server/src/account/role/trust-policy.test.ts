import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '@iamd/wire'
import fc from 'fast-check'
import { type AccountImage, emptyAccount } from '../account-tables.ts'
import { roleArn, userArn } from '../arns.ts'
import { bindTrustPolicy, type FindAccount, trustPolicyText } from './trust-policy.ts'

const OWN = '123456789012'
const OTHER = '210987654321'
const CREATED = '2026-11-22T12:00:00.000Z'
const ENTITIES = [
  { accountId: OWN, kind: 'user', name: 'Ann', path: '/' },
  { accountId: OWN, kind: 'user', name: 'Bob', path: '/team/$/' },
  { accountId: OWN, kind: 'role', name: 'Ann', path: '/team/' },
  { accountId: OTHER, kind: 'user', name: 'Ann', path: '/"quoted\\/' },
  { accountId: OTHER, kind: 'role', name: 'Reader', path: '/' },
] as const

interface Accounts {
  readonly images: ReadonlyMap<string, AccountImage>
  readonly find: FindAccount
}

/** Two accounts with the entities, whose ids are their places in the list. */
function accounts(): Accounts {
  const images = new Map([OWN, OTHER].map((accountId) => [accountId, emptyAccount(accountId)]))
  for (const [at, { accountId, kind, name, path }] of ENTITIES.entries()) {
    const tables = images.get(accountId)?.tables
    const common = { name, path, createdAt: CREATED, tags: [] }
    if (kind === 'user') tables?.users.put({ ...common, id: `AIDA${at}` })
    else tables?.roles.put({ ...common, id: `AROA${at}`, sessionSecondsMax: 3600, trustPolicy: '{}', trusted: [] })
  }
  return { images, find: (accountId) => images.get(accountId)?.tables }
}

function bind(text: string, findAccount: FindAccount): ReturnType<typeof bindTrustPolicy> {
  const error = (code: string, message: string): Fault => new Fault(code, message, { status: 400 })
  return bindTrustPolicy(text, { accountId: OWN, findAccount, error })
}

const entityArns = ENTITIES.map(({ accountId, kind, path, name }) =>
  kind === 'user' ? userArn(accountId, path, name) : roleArn(accountId, path, name),
)
const otherPrincipals = [
  '*',
  `arn:aws:iam::${OWN}:root`,
  'arn:aws:iam::999999999999:user/Ann',
  `arn:aws:sts::${OWN}:assumed-role/Ann/session`,
]
const principals = fc.array(fc.constantFrom(...entityArns, ...otherPrincipals), { minLength: 1, maxLength: 5 })

/** A JSON string in one of the ways in which it can be written. */
const written = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map(
      (escapes) =>
        `"${text.replaceAll(/[^]/g, (unit, at: number) => (escapes[at] === true || /["\\]/.test(unit) ? escaped(unit) : unit))}"`,
    )

function escaped(unit: string): string {
  return unit === '/' ? '\\/' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const space = fc.constantFrom('', ' ', '\n  ', '\t')

/** A trust policy of some statements with their principals, in any lay-out. */
const documents = fc
  .array(fc.tuple(principals, space), { minLength: 1, maxLength: 3 })
  .chain((statements) =>
    fc.tuple(
      ...statements.map(([named, gap]) =>
        fc.tuple(...named.map(written)).map((texts) => {
          const [principal, action] = [`{${gap}"AWS"${gap}:${gap}[${texts.join(`,${gap}`)}]}`, '"sts:AssumeRole"']
          return `{"Action":${gap}${action},${gap}"Effect":"Allow","Principal":${principal}}`
        }),
      ),
    ),
  )
  .map((statements) => `{"Statement":[${statements.join(', ')}]}`)

test('what is shown says what was sent, as long as everything that it names is there', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const { find } = accounts()
      assert.deepEqual(JSON.parse(trustPolicyText(bind(text, find), find)), JSON.parse(text))
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('what is kept names no user and no role of the installation by its ARN', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const { trustPolicy, trusted } = bind(text, accounts().find)
      const kept = JSON.stringify(JSON.parse(trustPolicy))
      for (const arn of entityArns) assert(!kept.includes(JSON.stringify(arn)), arn)
      for (const { id, accountId } of trusted) {
        assert(kept.includes(`"${id}"`), id)
        assert.equal(accountId, ENTITIES[Number(id.slice(4))]?.accountId)
      }
    }),
    { numRuns: 300, seed: 2 },
  )
})

test('what is shown can be sent again and is kept the same, before and after entities are gone', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const { find, images } = accounts()
      const bound = bind(text, find)
      assert.deepEqual(bind(trustPolicyText(bound, find), find), bound)
      for (const image of images.values()) for (const name of ['ann', 'bob']) image.tables.users.delete(name)
      const shown = trustPolicyText(bound, find)
      for (const { id } of bound.trusted) assert.equal(shown.includes(`"${id}"`), id.startsWith('AIDA'))
    }),
    { numRuns: 200, seed: 3 },
  )
})

test('a text of which any part is cut off or changed is bound or refused, and nothing else happens', () => {
  const statement = { Effect: 'Allow', Principal: { AWS: entityArns }, Action: 'sts:AssumeRole' }
  const whole = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 3 }), (start, end, between) => {
      const text = whole.slice(0, start) + between + whole.slice(end)
      try {
        bind(text, accounts().find)
      } catch (error) {
        assert(error instanceof Fault && error.code === 'MalformedPolicyDocument', String(error))
      }
    }),
    { numRuns: 2000, seed: 4 },
  )
})
