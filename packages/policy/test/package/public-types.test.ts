import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MISUSES } from './public-types.ts'

describe('what the compiler forbids is denied where no compiler was asked', () => {
  for (const [name, misuse] of Object.entries(MISUSES)) {
    it(name, () => {
      const decision = misuse()
      assert.ok(typeof decision === 'object' && decision !== null && 'effect' in decision && 'failure' in decision)
      assert.equal(decision.effect, 'implicitDeny')
      assert.ok(decision.failure instanceof Error, 'the decision says what failed')
    })
  }
})
