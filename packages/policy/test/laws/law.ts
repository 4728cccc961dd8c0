/** What a law of the policy language is, and the words that laws are written in. */
import type { Answer, PolicySource, Question } from '../../reference/question.ts'
import { engineAnswer } from '../engine-answer.ts'
import type { SeededRandom } from '../random/seeded-random.ts'
import type { Slot } from './policy-slots.ts'

/** A law says something of a question, or of what becomes of its answer when the question is changed. */
export interface Law {
  readonly name: string
  readonly check: (question: Question, draw: Draw) => Outcome
}

/** What a law may draw besides its question. */
export interface Draw {
  readonly random: SeededRandom
  /** Another question of the same small world. */
  readonly question: () => Question
  /** A policy as this slot may hold. */
  readonly policy: (slot: Slot) => PolicySource
}

/** `silent`: the law says nothing of this question. A breach shows the questions that were asked. */
export type Outcome = 'holds' | 'silent' | Breach

export interface Breach {
  readonly asked: readonly Question[]
}

// The question of a case is asked by nearly every law.
const ANSWERS = new WeakMap<Question, Answer>()

/** The same question, whose answer need not be looked for again. */
export function withKnownAnswer(question: Question): Question {
  ANSWERS.set(question, engineAnswer(question))
  return question
}

function answerTo(question: Question): Answer {
  return ANSWERS.get(question) ?? engineAnswer(question)
}

export function isAllowed(question: Question): boolean {
  return answerTo(question).effect === 'allow'
}

/** What is allowed stays so. Silent when it is not. */
export function keepsAllowed(before: Question, after: Question): Outcome {
  if (!isAllowed(before)) return 'silent'
  return isAllowed(after) ? 'holds' : { asked: [before, after] }
}

/** What is not allowed does not become so. Silent when the changed question is not allowed anyway, and so cannot tell. */
export function keepsRefused(before: Question, after: Question): Outcome {
  return keepsAllowed(after, before)
}

/** The same effect, for the same reason. */
export function keepsAnswer(before: Question, after: Question): Outcome {
  const [was, is] = [answerTo(before), answerTo(after)]
  return was.effect === is.effect && was.source === is.source ? 'holds' : { asked: [before, after] }
}

export function answersWith(effect: Answer['effect'], question: Question): Outcome {
  return engineAnswer(question).effect === effect ? 'holds' : { asked: [question] }
}
