/**
 * All that can be said of the evaluation in a second, as plain functions: mutation tests run them for each of some thousand mutants
 * (tools/mutation), in a process that is not started anew for each. Policies are compiled anew in every test, so that nothing that
 * one mutant made is there for the next.
 */
import assert from 'node:assert/strict'
import type { DecisionCase } from '../reference/question.ts'
import { readDecisionCases } from './decision-cases.ts'
import { compare } from './differential/compare.ts'
import { engineAnswer, explainQuestion } from './engine-answer.ts'
import { QUESTIONS_PER_WORLD, randomQuestions } from './random-questions.ts'

export interface MutationTest {
  readonly name: string
  /** Throws when the engine answers wrongly. */
  readonly run: () => void
}

const SEED = 20_261_122
const RANDOM_TESTS = 20
const WORLDS_PER_TEST = 15

export const MUTATION_TESTS: readonly MutationTest[] = [
  ...[...readDecisionCases()].map(([theme, cases]) => ({
    name: `decides about ${theme}`,
    run: () => decideAll(cases),
  })),
  ...Array.from({ length: RANDOM_TESTS }, (_, index) => ({
    name: `answers as the reference, ${index * WORLDS_PER_TEST * QUESTIONS_PER_WORLD} on`,
    run: () => compareWorlds(index * WORLDS_PER_TEST),
  })),
]

function decideAll(cases: readonly DecisionCase[]): void {
  for (const asked of structuredClone(cases)) {
    const { effect, source, statement } = engineAnswer(asked)
    const { expected, name } = asked
    assert.equal(effect, expected.effect, name)
    assert.equal(explainQuestion(asked).decision.effect, effect, name)
    if (expected.source === undefined) continue
    assert.equal(source, expected.source, name)
    assert.deepEqual(statement, expected.statement, name)
  }
}

function compareWorlds(first: number): void {
  for (let world = first; world < first + WORLDS_PER_TEST; world += 1) {
    for (const question of randomQuestions(SEED, world)) assert.equal(compare(question).disagreement, undefined)
  }
}
