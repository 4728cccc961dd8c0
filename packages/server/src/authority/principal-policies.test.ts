import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '@iamd/policy'
import { type AccountImage, emptyAccount } from '../account/account-tables.ts'
import type { UserPrincipal } from '../account/principal.ts'
import { UnreadablePolicy } from '../catalogue/entity-policies.ts'
import { PrincipalPolicySource } from './principal-policies.ts'

const TIME = '2026-11-22T12:00:00.000Z'
const POLICY_ARN = 'arn:aws:iam::123456789012:policy/Read'

function principal(accountId = '123456789012'): UserPrincipal {
  const arn = `arn:aws:iam::${accountId}:user/ann`
  return { kind: 'user', accountId, arn, id: 'AIDAANN', name: 'ann', accessKeyId: 'AKIAANN' }
}

function account(accountId = '123456789012'): AccountImage {
  const image = emptyAccount(accountId)
  image.tables.users.put({ id: 'AIDAANN', name: 'ann', path: '/', createdAt: TIME, tags: [] })
  return image
}

function document(Effect: 'Allow' | 'Deny'): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action: '*', Resource: '*' } })
}

function give(image: AccountImage, effect: 'Allow' | 'Deny'): AccountImage {
  image.tables.inlinePolicies.put({ ownerId: 'AIDAANN', name: effect, document: document(effect) })
  return image
}

function effectFor(source: PrincipalPolicySource, image: AccountImage, who = principal()): string {
  const request = { principal: who, action: 'iam:GetUser', resource: '*', context: { get: () => undefined } }
  return decide(request, source.policiesOf(image, who)).effect
}

test('what a draft has changed decides in that draft at once, and nowhere else', () => {
  const source = new PrincipalPolicySource()
  const published = account()
  assert.equal(effectFor(source, published), 'implicitDeny')
  const draft = published.fork()
  assert.equal(effectFor(source, draft), 'implicitDeny')
  give(draft, 'Allow')
  assert.equal(effectFor(source, draft), 'allow')
  assert.equal(effectFor(source, published), 'implicitDeny')
  give(draft, 'Deny')
  assert.equal(effectFor(source, draft), 'explicitDeny')
})

test('a draft that was dropped leaves nothing that decides for the one that has its revision', () => {
  const source = new PrincipalPolicySource()
  const published = account()
  const dropped = give(published.fork(), 'Allow')
  dropped.advance()
  assert.equal(effectFor(source, dropped), 'allow')
  const kept = give(published.fork(), 'Deny')
  kept.advance()
  assert.equal(kept.revision, dropped.revision)
  assert.equal(effectFor(source, kept), 'explicitDeny')
})

test('what an entry of another process changes decides from then on', () => {
  const source = new PrincipalPolicySource()
  const image = give(account(), 'Allow')
  assert.equal(effectFor(source, image), 'allow')
  const next = image.fork()
  next.apply(1, [{ table: 'inlinePolicies', key: 'AIDAANN allow', record: null }])
  assert.equal(effectFor(source, next), 'implicitDeny')
})

test('users of two accounts who have the same id share no policies', () => {
  const source = new PrincipalPolicySource()
  const other = principal('210987654321')
  assert.equal(effectFor(source, give(account(), 'Allow')), 'allow')
  assert.equal(effectFor(source, account('210987654321'), other), 'implicitDeny')
})

test('P7: whoever a record that cannot be read may concern has no policies, but is refused', () => {
  const lost: readonly ((image: AccountImage) => void)[] = [
    (image) => image.load('inlinePolicies', 'AIDAANN deny', { name: 1 }),
    (image) => image.load('memberships', 'AIDAANN AGPATEAM', { userId: null }),
    (image) => image.taint('an entry is lost'),
    (image) => image.tables.memberships.put({ userId: 'AIDAANN', groupId: 'AGPATEAM', addedAt: TIME }),
    (image) => image.tables.attachments.put({ ownerId: 'AIDAANN', policyArn: POLICY_ARN, attachedAt: TIME }),
    (image) => image.tables.inlinePolicies.put({ ownerId: 'AIDAANN', name: 'broken', document: '{' }),
  ]
  for (const lose of lost) {
    const image = give(account(), 'Allow')
    lose(image)
    assert.throws(() => new PrincipalPolicySource().policiesOf(image, principal()), UnreadablePolicy)
  }
})

test('P7: a group of which a policy cannot be read is refused to its members', () => {
  const image = give(account(), 'Allow')
  image.tables.groups.put({ id: 'AGPATEAM', name: 'team', path: '/', createdAt: TIME })
  image.tables.memberships.put({ userId: 'AIDAANN', groupId: 'AGPATEAM', addedAt: TIME })
  image.load('inlinePolicies', 'AGPATEAM deny', { name: 1 })
  assert.throws(() => new PrincipalPolicySource().policiesOf(image, principal()), UnreadablePolicy)
})

test('the permission to change the own password is for the very ARN of the user, whatever its path holds', () => {
  const source = new PrincipalPolicySource()
  const image = account()
  image.tables.passwordPolicy.put({
    minimumLength: 8,
    requireSymbols: false,
    requireNumbers: false,
    requireUppercase: false,
    requireLowercase: false,
    allowUsersToChange: true,
  })
  const who = { ...principal(), arn: 'arn:aws:iam::123456789012:user/*/${aws:username}/?/ann' }
  const policies = source.policiesOf(image, who)
  const effectOn = (resource: string): string =>
    decide({ principal: who, action: 'iam:ChangePassword', resource, context: { get: () => 'ann' } }, policies).effect
  assert.equal(effectOn(who.arn), 'allow')
  assert.equal(effectOn('arn:aws:iam::123456789012:user/x/${aws:username}/?/ann'), 'implicitDeny')
  assert.equal(effectOn('arn:aws:iam::123456789012:user/*/ann/?/ann'), 'implicitDeny')
})

/** Makes the policy, whose document has that effect on everything, and the user's boundary of it. */
function limit(image: AccountImage, effect: 'Allow' | 'Deny', boundaryArn = POLICY_ARN): AccountImage {
  const { tables } = image
  const times = { createdAt: TIME, updatedAt: TIME }
  const versions = { defaultVersion: 1, lastVersion: 1 }
  tables.policies.put({ id: 'ANPAREAD', name: 'Read', path: '/', ...times, ...versions, tags: [] })
  tables.policyVersions.put({ policyId: 'ANPAREAD', version: 1, document: document(effect), createdAt: TIME })
  tables.users.put({ id: 'AIDAANN', name: 'ann', path: '/', createdAt: TIME, tags: [], boundaryArn })
  return image
}

test('a permissions boundary limits what policies allow, and allows nothing by itself', () => {
  const source = new PrincipalPolicySource()
  const image = give(account(), 'Allow')
  assert.equal(effectFor(source, image), 'allow')
  assert.equal(effectFor(source, limit(image.fork(), 'Deny')), 'explicitDeny')
  assert.equal(effectFor(source, limit(image.fork(), 'Allow')), 'allow')
  assert.equal(effectFor(source, limit(account(), 'Allow')), 'implicitDeny')
  assert.equal(effectFor(source, image), 'allow')
})

test('P7: whoever has a permissions boundary that cannot be read is refused, and so is whose record is gone', () => {
  const image = limit(give(account(), 'Allow'), 'Allow', 'arn:aws:iam::123456789012:policy/Gone')
  assert.throws(() => new PrincipalPolicySource().policiesOf(image, principal()), UnreadablePolicy)
  const other = limit(give(account(), 'Allow'), 'Allow')
  other.load('policyVersions', 'ANPAREAD 0000000001', { policyId: 1 })
  assert.throws(() => new PrincipalPolicySource().policiesOf(other, principal()), UnreadablePolicy)
  const gone = give(account(), 'Allow')
  gone.tables.users.delete('ann')
  assert.throws(() => new PrincipalPolicySource().policiesOf(gone, principal()), UnreadablePolicy)
})
