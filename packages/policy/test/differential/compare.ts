import { inspect } from 'node:util'
import { referenceAnswer } from '../../reference/evaluate.ts'
import type { Question } from '../../reference/question.ts'
import { engineAnswer } from '../engine-answer.ts'

/** Where the two differ: what each says, as text. */
export interface Disagreement {
  readonly question: Question
  readonly engine: string
  readonly reference: string
}

/** Asks both, the effect, its source and its statement; an error is an answer too, and one that nobody else gives. */
export function compare(question: Question): { readonly effect: string; readonly disagreement?: Disagreement } {
  const [engine, reference] = [engineAnswer, referenceAnswer].map((answer) => {
    try {
      const { effect, source, statement } = answer(question)
      return { effect, text: `${effect} ${source}${statement ? ` ${statement.policy}.${statement.index}` : ''}` }
    } catch (error) {
      return { effect: 'error', text: `error: ${inspect(error)}` }
    }
  })
  if (engine === undefined || reference === undefined) throw new Error('two are asked')
  const { effect, text } = reference
  if (text === engine.text && effect !== 'error') return { effect }
  return { effect, disagreement: { question, engine: engine.text, reference: text } }
}
