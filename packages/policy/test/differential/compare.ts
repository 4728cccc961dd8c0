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

interface Compared {
  readonly effect: string
  readonly source: string
  readonly disagreement?: Disagreement
}

/** Asks both, the effect, its source and its statement; an error is an answer too, and never the same as another. */
export function compare(question: Question): Compared {
  const engine = answerOf(question, engineAnswer)
  const { effect, source, text } = answerOf(question, referenceAnswer)
  if (text === engine.text && effect !== 'error') return { effect, source }
  return { effect, source, disagreement: { question, engine: engine.text, reference: text } }
}

function answerOf(question: Question, ask: typeof referenceAnswer): Omit<Compared, 'disagreement'> & { text: string } {
  try {
    const { effect, source, statement } = ask(question)
    const place = statement === undefined ? '' : ` ${statement.policy}.${statement.index}`
    return { effect, source, text: `${effect} ${source}${place}` }
  } catch (error) {
    return { effect: 'error', source: 'none', text: `error: ${inspect(error)}` }
  }
}
