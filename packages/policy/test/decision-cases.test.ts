/** Every decision case goes through the engine and through the reference evaluator, by name. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { referenceAnswer } from '../reference/evaluate.ts'
import type { Answer, DecisionCase } from '../reference/question.ts'
import { readDecisionCases } from './decision-cases.ts'
import { engineAnswer, explainQuestion } from './engine-answer.ts'

const THEMES = readDecisionCases()
const ALL: readonly DecisionCase[] = [...THEMES.values()].flat()
const CASES_MIN = 600

for (const [theme, cases] of THEMES) {
  describe(`the engine decides about ${theme}`, () => {
    for (const question of cases) {
      it(question.name, () => {
        const answer = engineAnswer(question)
        assertExpected(answer, question.expected)
        const { decision } = explainQuestion(question)
        const { effect, source, statement } = decision
        const place = statement && { policy: Number(statement.policy.name), index: statement.index }
        assert.deepEqual({ effect, source, ...(place && { statement: place }) }, answer)
      })
    }
  })

  describe(`the reference decides about ${theme}`, () => {
    for (const question of cases) {
      it(question.name, () => assertExpected(referenceAnswer(question), question.expected))
    }
  })
}

/** A case that names no source, as where no policy is asked, tells only the effect. */
function assertExpected(answer: Answer, expected: DecisionCase['expected']): void {
  if (expected.source === undefined) assert.equal(answer.effect, expected.effect)
  else assert.deepEqual(answer, expected)
}

describe('the decision cases', () => {
  it('are at least 600', () => {
    assert.ok(ALL.length >= CASES_MIN, `${ALL.length} cases`)
  })

  it('have a name of their own, so that a failure names one case', () => {
    const names = ALL.map(({ name }) => name)
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    )
  })

  it('say where the expectation comes from', () => {
    assert.deepEqual(
      ALL.filter(({ origin }) => origin.trim() === '').map(({ name }) => name),
      [],
    )
  })

  it('tell the statement of every explicit deny, and of none that is implicit', () => {
    const wrong = ALL.filter(({ expected: { effect, statement } }) => {
      return effect === 'explicitDeny' ? statement === undefined : effect === 'implicitDeny' && statement !== undefined
    })
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    )
  })
})
