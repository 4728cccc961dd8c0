import { compare } from './compare.ts'
import type { Disagreement } from './compare.ts'
import { minimise } from './minimise.ts'
import { smallWorlds } from './small-world-questions.ts'
import { count } from './tally.ts'
import type { Tally } from './tally.ts'

export interface SmallWorldCampaign {
  readonly worlds: number
  readonly asked: number
  readonly tally: Tally
  readonly disagreements: number
  readonly examples: readonly Disagreement[]
}

/** Asks engine and reference the whole small world, or every so many-th of its sets of policies. */
export function smallWorldCampaign(every = 1): SmallWorldCampaign {
  const tally: Tally = {}
  const examples: Disagreement[] = []
  let [worlds, asked, disagreements] = [0, 0, 0]
  for (const questions of smallWorlds()) {
    worlds += 1
    if (worlds % every !== 0) continue
    for (const question of questions) {
      asked += 1
      const { effect, source, disagreement } = compare(question)
      count(tally, ['effect and source', `${effect} ${source}`])
      if (disagreement === undefined) continue
      disagreements += 1
      if (examples.length < 20) examples.push(minimise(disagreement))
    }
  }
  return { worlds, asked, tally, disagreements, examples }
}
