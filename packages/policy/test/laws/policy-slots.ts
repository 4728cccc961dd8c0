/** Changes of the policies of a question: added, taken away, opened, closed. The question itself is never changed. */
import type { PolicySource, Question } from '../../reference/question.ts'
import type { SeededRandom } from '../random/seeded-random.ts'

export type Slot = keyof Question['policies']
export type StatementSource = Readonly<Record<string, unknown>>

export const SLOTS = [
  'identity',
  'group',
  'boundary',
  'session',
  'serviceControl',
  'resourceControl',
  'resource',
  'endpoint',
] as const satisfies readonly Slot[]

/** Statements of these say for whom. */
const WITH_PRINCIPAL: ReadonlySet<Slot> = new Set(['resourceControl', 'resource', 'endpoint'])

/** Allows everything to everybody, as far as a policy of this slot can. */
export function fullAccess(slot: Slot): PolicySource {
  return WITH_PRINCIPAL.has(slot) ? ALLOW_EVERYBODY : ALLOW_ALL
}

export function fullDenial(slot: Slot): PolicySource {
  return WITH_PRINCIPAL.has(slot) ? DENY_EVERYBODY : DENY_ALL
}

// One document each, which the engine compiles once.
const ALLOW_ALL = everything('Allow', {})
const DENY_ALL = everything('Deny', {})
const ALLOW_EVERYBODY = everything('Allow', { Principal: '*' })
const DENY_EVERYBODY = everything('Deny', { Principal: '*' })

function everything(effect: string, principal: StatementSource): PolicySource {
  return { Version: '2012-10-17', Statement: [{ Effect: effect, ...principal, Action: '*', Resource: '*' }] }
}

export function withPolicies(question: Question, policies: Question['policies']): Question {
  return { ...question, policies: { ...question.policies, ...policies } }
}

export function withoutSlots(question: Question, slots: readonly Slot[]): Question {
  const kept = Object.entries(question.policies).filter(([name]) => !slots.some((slot) => slot === name))
  return { ...question, policies: Object.fromEntries(kept) }
}

/** The slot holds this policy and nothing else, at one level if it has levels. */
export function filledWith(question: Question, slot: Slot, policy: PolicySource): Question {
  switch (slot) {
    case 'boundary':
    case 'resource':
    case 'endpoint':
      return withPolicies(question, { [slot]: policy })
    case 'identity':
    case 'group':
    case 'session':
      return withPolicies(question, { [slot]: [policy] })
    case 'serviceControl':
    case 'resourceControl':
      return withPolicies(question, { [slot]: [[policy]] })
  }
}

/** The slot holds this policy besides what it held. With levels, each of them does. */
export function addedTo(question: Question, slot: Slot, policy: PolicySource): Question {
  const { policies } = question
  switch (slot) {
    case 'boundary':
    case 'resource':
    case 'endpoint': {
      const held = policies[slot]
      return withPolicies(question, { [slot]: held === undefined ? policy : joined(held, policy) })
    }
    case 'identity':
    case 'group':
    case 'session':
      return withPolicies(question, { [slot]: [...(policies[slot] ?? []), policy] })
    case 'serviceControl':
    case 'resourceControl':
      return withPolicies(question, { [slot]: levelsOf(policies[slot]).map((level) => [...level, policy]) })
  }
}

/** A list without levels allows nothing, as one empty level does. */
function levelsOf(levels: readonly (readonly PolicySource[])[] = []): readonly (readonly PolicySource[])[] {
  return levels.length === 0 ? [[]] : levels
}

/** Both policies' statements under the first one's version. */
function joined(held: PolicySource, more: PolicySource): PolicySource {
  return joinedTo(more)(held)
}

const joinedTo = remembered((more: PolicySource) =>
  remembered((held: PolicySource): PolicySource => ({
    ...held,
    Statement: [...statementsOf(held), ...statementsOf(more)],
  })),
)

/** The same change of the same policy is the same document, so that the engine need not compile it again. */
export function remembered<Result>(change: (policy: PolicySource) => Result): (policy: PolicySource) => Result {
  const known = new WeakMap<PolicySource, Result>()
  return (policy) => {
    const found = known.get(policy)
    if (found !== undefined) return found
    const result = change(policy)
    known.set(policy, result)
    return result
  }
}

/** The policy with each of its statements as `change` makes it. */
export function changedStatements(change: (statement: StatementSource) => StatementSource): typeof allowsOnly {
  return remembered((policy) => ({ ...policy, Statement: statementsOf(policy).map(change) }))
}

/** Without its Deny statements. */
export const allowsOnly = remembered((policy) => onlyStatements(policy, 'Allow'))
/** Without its Allow statements. */
export const deniesOnly = remembered((policy) => onlyStatements(policy, 'Deny'))

function onlyStatements(policy: PolicySource, effect: string): PolicySource {
  const kept = statementsOf(policy).filter((statement) => statement['Effect'] === effect)
  return kept.length === 0 ? SAYS_NOTHING : { ...policy, Statement: kept }
}

/** A document has at least one statement. */
const SAYS_NOTHING: PolicySource = {
  Statement: [{ Effect: 'Deny', Action: 'none:None', Resource: 'arn:aws:none:::none' }],
}

export function statementsOf(policy: PolicySource): readonly StatementSource[] {
  return [policy['Statement']].flat().filter(isRecord)
}

export function isRecord(value: unknown): value is StatementSource {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One document for each statement. */
export const splitPolicy = remembered((policy): readonly PolicySource[] =>
  statementsOf(policy).map((statement) => ({ ...policy, Statement: [statement] })),
)

/** Every policy of the question as `change` makes it; a document that stays the same is kept, and need not be compiled again. */
export function mapPolicies(question: Question, change: (policy: PolicySource, slot: Slot) => PolicySource): Question {
  const mapped = Object.entries(question.policies).map(([name, held]) => {
    const slot = SLOTS.find((each) => each === name)
    if (slot === undefined) throw new Error(`there is no slot \`${name}\``)
    return [slot, mapHeld(held, (policy) => change(policy, slot))]
  })
  return { ...question, policies: Object.fromEntries(mapped) }
}

function mapHeld(held: unknown, change: (policy: PolicySource) => PolicySource): unknown {
  if (Array.isArray(held)) return held.map((each) => mapHeld(each, change))
  if (!isRecord(held)) throw new Error('what is held is not a policy')
  return change(held)
}

/** A slot that this question has, if it has any. */
export function presentSlot(question: Question, random: SeededRandom): Slot | undefined {
  const present = SLOTS.filter((slot) => question.policies[slot] !== undefined)
  return present.length === 0 ? undefined : random.pick(present)
}
