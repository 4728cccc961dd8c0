import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide, explain } from '../src/index.ts'
import { userWith } from './build-policies.ts'
import { contextOf, readDecisionCases } from './decision-cases.ts'

for (const [theme, cases] of readDecisionCases()) {
  describe(`decisions about ${theme}`, () => {
    for (const { name, policies, request, expected } of cases) {
      it(name, () => {
        const asked = { ...request, context: contextOf(request.context) }
        const principal = userWith(...policies)
        const { effect, statement, failure } = decide(asked, principal)
        const deciding = statement && { policy: Number(statement.policy.name.slice(6)), statement: statement.index }
        assert.equal(failure, undefined)
        assert.deepEqual({ effect, ...deciding }, expected)
        assert.deepEqual(explain(asked, principal).decision, decide(asked, principal))
      })
    }
  })
}

describe('the decision cases', () => {
  it('have a name of their own, so that a failure names one case', () => {
    for (const [theme, cases] of readDecisionCases()) {
      const names = cases.map(({ name }) => name)
      assert.deepEqual(
        names.filter((name, index) => names.indexOf(name) !== index),
        [],
        theme,
      )
    }
  })
})
