import { QUESTIONS_PER_WORLD, randomQuestions } from '../random-questions.ts'
import { compare } from './compare.ts'
import type { Disagreement } from './compare.ts'
import { minimise } from './minimise.ts'
import { count, countPolicies } from './tally.ts'
import type { Tally } from './tally.ts'

export interface Campaign {
  readonly asked: number
  readonly tally: Tally
  readonly disagreements: number
  /** The first of each kind, made small, with the world that they come from. */
  readonly examples: readonly (Disagreement & { readonly world: number })[]
}

const EXAMPLES_MAX = 20

/** Asks engine and reference whole worlds of random questions, `questions` at least, from the world `from` on. */
export function differentialCampaign(seed: number, { from, questions }: { from: number; questions: number }): Campaign {
  const tally: Tally = {}
  const examples = new Map<string, Disagreement & { readonly world: number }>()
  let disagreements = 0
  const worlds = Math.ceil(questions / QUESTIONS_PER_WORLD)
  for (let world = from; world < from + worlds; world += 1) {
    const asked = randomQuestions(seed, world)
    for (const [first] of [asked]) if (first !== undefined) countPolicies(tally, first, asked.length)
    for (const question of asked) {
      const { effect, source, disagreement } = compare(question)
      count(tally, ['effect', effect])
      count(tally, ['effect and source', `${effect} ${source}`])
      count(tally, ['caller', `${question.request.caller.kind}${accountsOf(question.request)}`])
      if (disagreement === undefined) continue
      disagreements += 1
      const kind = `${disagreement.engine} | ${disagreement.reference}`
      if (!examples.has(kind) && examples.size < EXAMPLES_MAX) examples.set(kind, { ...minimise(disagreement), world })
    }
  }
  return { asked: worlds * QUESTIONS_PER_WORLD, tally, disagreements, examples: [...examples.values()] }
}

function accountsOf({ caller, resourceAccount }: Disagreement['question']['request']): string {
  if (!('accountId' in caller)) return ''
  return resourceAccount === undefined || resourceAccount === caller.accountId ? ', one account' : ', two accounts'
}
