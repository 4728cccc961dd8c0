import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withPassword } from './login-profile.ts'
import type { LoginProfileRecord } from './records.ts'

const NOON = new Date('2026-11-22T12:00:00Z')

test('a profile remembers its earlier passwords, newest first, and no more than any policy can ask for', () => {
  let profile: LoginProfileRecord = {
    ownerId: 'AIDABOB',
    createdAt: '2026-01-01T00:00:00.000Z',
    changedAt: '2026-01-01T00:00:00.000Z',
    passwordHash: 'hash 0',
    resetRequired: true,
    previousHashes: [],
  }
  for (let turn = 1; turn <= 30; turn += 1) profile = withPassword(profile, { passwordHash: `hash ${turn}`, now: NOON })
  assert.deepEqual(profile, {
    ownerId: 'AIDABOB',
    createdAt: '2026-01-01T00:00:00.000Z',
    changedAt: '2026-11-22T12:00:00.000Z',
    passwordHash: 'hash 30',
    resetRequired: true,
    previousHashes: Array.from({ length: 24 }, (_, at) => `hash ${29 - at}`),
  })
})
