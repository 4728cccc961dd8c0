import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DecisionCase } from '../reference/question.ts'
import { decide, explain } from '../src/index.ts'
import { userWith } from './build-policies.ts'
import { contextOf, readDecisionCases } from './decision-cases.ts'

const THEMES = readDecisionCases()

for (const [theme, cases] of THEMES) {
  describe(`decisions about ${theme}`, () => {
    for (const { name, policies, request, expected } of cases) {
      it(name, () => {
        const asked = { ...request, context: contextOf(request.context) }
        const principal = userWith(...(policies.identity ?? []))
        const { effect, source, statement, failure } = decide(asked, principal)
        const deciding = statement && { policy: Number(statement.policy.name.slice(6)), index: statement.index }
        assert.equal(failure, undefined)
        assert.deepEqual({ effect, source, ...(deciding && { statement: deciding }) }, expected)
        assert.deepEqual(explain(asked, principal).decision, decide(asked, principal))
      })
    }
  })
}

describe('the decision cases', () => {
  const all: readonly DecisionCase[] = [...THEMES.values()].flat()

  it('have a name of their own, so that a failure names one case', () => {
    const names = all.map(({ name }) => name)
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    )
  })

  it('say where the expectation comes from', () => {
    assert.deepEqual(
      all.filter(({ origin }) => origin.trim() === '').map(({ name }) => name),
      [],
    )
  })
})
