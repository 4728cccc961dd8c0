/** Questions for laws: random policies, put together anew again and again, so that each is compiled once and meets many others. */
import type { PolicySource, Question } from '../../reference/question.ts'
import { randomQuestions } from '../random-questions.ts'
import { type SeededRandom, seededRandom } from '../random/seeded-random.ts'
import { type Draw, withKnownAnswer } from './law.ts'
import { fullAccess, SLOTS, type Slot, withoutSlots, withPolicies } from './policy-slots.ts'

/** Where questions come from, and what a law draws besides: the same for the same number. */
export interface LawWorld {
  readonly question: (number: number) => Question
  /** Different for each `stream`, of which every law has one. */
  readonly draw: (number: number, stream: number) => Draw
}

const ORIGINALS = 300

/** Worlds of different seeds have different policies. */
export function lawWorld(seed: number): LawWorld {
  const questions = Array.from({ length: ORIGINALS }, (_, index) => randomQuestions(seed, index)).flat()
  const policies = new Map(SLOTS.map((slot) => [slot, questions.flatMap((question) => heldBy(question, slot))]))
  return {
    question: (number) => withKnownAnswer(randomQuestion(questions, seededRandom(seed, number))),
    draw: (number, stream) => {
      const random = seededRandom(seed ^ Math.imul(stream + 1, 0x2545f491), number)
      return {
        random,
        question: () => randomQuestion(questions, random),
        policy: (slot) => drawn(policies.get(slot) ?? [], random),
      }
    },
  }
}

function heldBy({ policies }: Question, slot: Slot): readonly PolicySource[] {
  switch (slot) {
    case 'boundary':
    case 'resource':
    case 'endpoint': {
      const held = policies[slot]
      return held === undefined ? [] : [held]
    }
    case 'identity':
    case 'group':
    case 'session':
      return policies[slot] ?? []
    case 'serviceControl':
    case 'resourceControl':
      return (policies[slot] ?? []).flat()
  }
}

/**
 * A question of the generator as it is, or its caller and request with policies of others. Of the policies that only limit, most
 * are opened or left out, because a question that five of them refuse tells little about the sixth.
 */
function randomQuestion(questions: readonly Question[], random: SeededRandom): Question {
  const base = drawn(questions, random)
  const { policies, resourcePolicyKind = 'grants' } = drawn(questions, random)
  const mixed = random.chance(0.5) ? base : { request: base.request, policies, resourcePolicyKind }
  return opened(mixed, random)
}

const LIMITS = ['boundary', 'session', 'serviceControl', 'resourceControl', 'endpoint'] as const

function opened(question: Question, random: SeededRandom): Question {
  const held = LIMITS.filter((slot) => question.policies[slot] !== undefined)
  const dropped = held.filter(() => random.chance(0.4))
  const open = held.filter((slot) => !dropped.includes(slot) && random.chance(0.4))
  const filled = Object.fromEntries(open.map((slot) => [slot, fullSlot(slot)]))
  return withPolicies(withoutSlots(question, dropped), filled)
}

function fullSlot(slot: (typeof LIMITS)[number]): PolicySource | readonly PolicySource[] | readonly PolicySource[][] {
  const policy = fullAccess(slot)
  if (slot === 'session') return [policy]
  return slot === 'serviceControl' || slot === 'resourceControl' ? [[policy]] : policy
}

function drawn<Item>(list: readonly Item[], random: SeededRandom): Item {
  const item = list[random.below(list.length)]
  if (item === undefined) throw new Error('there is nothing to draw from')
  return item
}
