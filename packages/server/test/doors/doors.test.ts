import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PrincipalPolicySource } from '../../src/authority/principal-policies.ts'
import { compareDoors } from './compare-doors.ts'

test('F-21: a call and its simulation are decided alike, for random policies of users, groups and boundaries', async () => {
  const { differences, effects, boundaries } = await compareDoors({ count: 300, seed: 21 })
  assert.deepEqual(differences, [])
  // The questions would prove nothing if they were all answered alike.
  for (const effect of ['allowed', 'explicitDeny', 'implicitDeny']) assert.ok((effects[effect] ?? 0) >= 30, effect)
  assert.ok(boundaries.limiting >= 30 && boundaries.asked > boundaries.limiting)
})

test('a server that forgets boundaries when it decides is found out', async () => {
  const source = new PrincipalPolicySource()
  const policiesOf: PrincipalPolicySource['policiesOf'] = (image, principal) => {
    const { boundary: _, ...forgetful } = source.policiesOf(image, principal)
    return forgetful
  }
  const { differences } = await compareDoors({ count: 300, seed: 21, policies: { policiesOf } })
  assert.ok(differences.length > 0)
})
