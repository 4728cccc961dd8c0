/**
 * All that can be said of the evaluation in a second, in one test: mutation tests run it for each of some thousand mutants
 * (tools/mutation/stryker.json), where a test for each case would cost more than the case.
 */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readDecisionCases } from './decision-cases.ts'
import { compare } from './differential/compare.ts'
import { engineAnswer, explainQuestion } from './engine-answer.ts'
import { QUESTIONS_PER_WORLD, randomQuestions } from './random-questions.ts'

const SEED = 20_261_122
const RANDOM_QUESTIONS = 800

it('the engine answers every case as written, and explains the same decision', () => {
  for (const question of [...readDecisionCases().values()].flat()) {
    const { effect, source, statement } = engineAnswer(question)
    const { expected, name } = question
    assert.equal(effect, expected.effect, name)
    if (expected.source === undefined) continue
    assert.deepEqual({ effect, source, ...(statement && { statement }) }, expected, name)
    assert.equal(explainQuestion(question).decision.effect, effect, name)
  }
})

it('the engine answers random questions as the reference does', () => {
  for (let world = 0; world * QUESTIONS_PER_WORLD < RANDOM_QUESTIONS; world += 1) {
    for (const question of randomQuestions(SEED, world)) assert.equal(compare(question).disagreement, undefined)
  }
})
