import type { Answer, DecisionCase } from '../../reference/question.ts'
import { engineAnswer } from '../engine-answer.ts'

/** What the engine answers to the cases, wherever it runs: all that a decision says, by name of the case. */
export function answerCases(cases: readonly DecisionCase[]): Readonly<Record<string, Answer>> {
  return Object.fromEntries(cases.map((question) => [question.name, engineAnswer(question)]))
}
