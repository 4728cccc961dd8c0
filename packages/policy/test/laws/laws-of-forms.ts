/** Laws about writings that mean the same. */
import type { PolicySource, Question } from '../../reference/question.ts'
import type { SeededRandom } from '../random/seeded-random.ts'
import { type Draw, keepsAnswer, type Law, type Outcome } from './law.ts'
import {
  changedStatements,
  isRecord,
  mapPolicies,
  remembered,
  splitPolicy,
  statementsOf,
  withoutSlots,
  withPolicies,
} from './policy-slots.ts'

export const LAWS_OF_FORMS: readonly Law[] = [
  { name: 'order changes nothing', check: reordered },
  { name: 'duplication changes nothing', check: duplicated },
  { name: 'splitting a policy changes nothing', check: split },
  { name: 'a group gives what the user itself would have', check: regrouped },
  { name: 'the order of levels changes nothing', check: relevelled },
  { name: 'renaming the accounts changes nothing', check: renamed },
  { name: 'case of actions and keys in the request changes nothing', check: requestInOtherCase },
  { name: 'case of actions and keys in policies changes nothing', check: policiesInOtherCase },
  { name: 'a key that no policy asks for changes nothing', check: irrelevantKey },
]

function reordered(question: Question, { random }: Draw): Outcome {
  const { identity, group, session, serviceControl, resourceControl } = question.policies
  const lists = {
    ...(identity && { identity: shuffled(identity, random) }),
    ...(group && { group: shuffled(group, random) }),
    ...(session && { session: shuffled(session, random) }),
    ...(serviceControl && { serviceControl: serviceControl.map((level) => shuffled(level, random)) }),
    ...(resourceControl && { resourceControl: resourceControl.map((level) => shuffled(level, random)) }),
  }
  return keepsAnswer(question, mapPolicies(withPolicies(question, lists), random.pick(ORDERS)))
}

const ORDERS = [
  remembered((policy): PolicySource => ({ ...policy, Statement: statementsOf(policy).toReversed() })),
  remembered((policy): PolicySource => {
    const [first, ...rest] = statementsOf(policy)
    return { ...policy, Statement: [...rest, first] }
  }),
]

function shuffled<Item>(list: readonly Item[], random: SeededRandom): readonly Item[] {
  return list
    .map((item) => ({ item, place: random.below(1_000_000) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}

function duplicated(question: Question): Outcome {
  const { identity, session, serviceControl, resourceControl } = question.policies
  const after = withPolicies(question, {
    ...(identity && { identity: [...identity, ...identity] }),
    ...(session && { session: [...session, ...session] }),
    ...(serviceControl && { serviceControl: [...serviceControl, ...serviceControl] }),
    ...(resourceControl && { resourceControl: resourceControl.map((level) => [...level, ...level]) }),
  })
  return keepsAnswer(question, after)
}

function split(question: Question): Outcome {
  const { identity, group, session, serviceControl, resourceControl } = question.policies
  const parts = (list: readonly PolicySource[]): readonly PolicySource[] => list.flatMap(splitPolicy)
  const after = withPolicies(question, {
    ...(identity && { identity: parts(identity) }),
    ...(group && { group: parts(group) }),
    ...(session && { session: parts(session) }),
    ...(serviceControl && { serviceControl: serviceControl.map(parts) }),
    ...(resourceControl && { resourceControl: resourceControl.map(parts) }),
  })
  return keepsAnswer(question, after)
}

function regrouped(question: Question): Outcome {
  const { identity = [], group } = question.policies
  if (group === undefined) return 'silent'
  return keepsAnswer(question, withPolicies(withoutSlots(question, ['group']), { identity: [...identity, ...group] }))
}

function relevelled(question: Question): Outcome {
  const { serviceControl, resourceControl } = question.policies
  if (serviceControl === undefined && resourceControl === undefined) return 'silent'
  const after = withPolicies(question, {
    ...(serviceControl && { serviceControl: serviceControl.toReversed() }),
    ...(resourceControl && { resourceControl: resourceControl.toReversed() }),
  })
  return keepsAnswer(question, after)
}

function renamed(question: Question): Outcome {
  const request: Question['request'] = JSON.parse(renamedText(question.request))
  return keepsAnswer(question, mapPolicies({ ...question, request }, renamedPolicy))
}

const renamedPolicy = remembered((policy) => {
  const renamed: PolicySource = JSON.parse(renamedText(policy))
  return renamed
})

function renamedText(value: unknown): string {
  return JSON.stringify(value).replaceAll('111122223333', '777788889999').replaceAll('444455556666', '121212121212')
}

function requestInOtherCase(question: Question): Outcome {
  const { action, context } = question.request
  const entries = Object.entries(context).map(([key, value]) => [asciiUpperCase(key), value] as const)
  const request = { ...question.request, action: asciiUpperCase(action), context: Object.fromEntries(entries) }
  return keepsAnswer(question, { ...question, request })
}

function policiesInOtherCase(question: Question): Outcome {
  return keepsAnswer(question, mapPolicies(question, upperCasePolicy))
}

const upperCasePolicy = changedStatements((statement) => {
  const changed = Object.entries(statement).map(([element, value]) => [element, inOtherCase(element, value)] as const)
  return Object.fromEntries(changed)
})

/** Two spellings of one key in one operator are refused when a policy is read, so such a block stays as it is. */
function inOtherCase(element: string, value: unknown): unknown {
  if (element === 'Action' || element === 'NotAction') {
    return typeof value === 'string'
      ? asciiUpperCase(value)
      : [value].flat().map((item) => asciiUpperCase(String(item)))
  }
  if (element !== 'Condition' || !isRecord(value)) return value
  const blocks = Object.entries(value).map(([operator, block]) => {
    const changed = Object.entries(isRecord(block) ? block : {}).map(
      ([key, values]) => [asciiUpperCase(key), values] as const,
    )
    const isAmbiguous = new Set(changed.map(([key]) => key)).size < changed.length
    return [operator, isAmbiguous ? block : Object.fromEntries(changed)] as const
  })
  return Object.fromEntries(blocks)
}

function asciiUpperCase(text: string): string {
  return text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
}

function irrelevantKey(question: Question, { random }: Draw): Outcome {
  const context = { ...question.request.context, 'iamd:Irrelevant': random.pick(['', 'true', '*', '5', '10.0.0.1']) }
  return keepsAnswer(question, { ...question, request: { ...question.request, context } })
}
