import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DecisionCase } from '../reference/question.ts'
import { readDecisionCases } from './decision-cases.ts'
import { engineAnswer, explainQuestion } from './engine-answer.ts'

const THEMES = readDecisionCases()

for (const [theme, cases] of THEMES) {
  describe(`decisions about ${theme}`, () => {
    for (const question of cases) {
      it(question.name, () => {
        const answer = engineAnswer(question)
        const { effect, source = answer.source, statement = answer.statement } = question.expected
        assert.deepEqual(answer, { effect, source, ...(statement && { statement }) })
        const { decision } = explainQuestion(question)
        assert.deepEqual([decision.effect, decision.source], [answer.effect, answer.source])
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
