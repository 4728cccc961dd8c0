/** Laws about Allow and Deny, wherever they stand. */
import type { PolicySource, Question } from '../../reference/question.ts'
import { engineAnswer, explainQuestion } from '../engine-answer.ts'
import { answersWith, type Draw, isAllowed, keepsAllowed, keepsRefused, type Law, type Outcome } from './law.ts'
import {
  addedTo,
  allowsOnly,
  changedStatements,
  deniesOnly,
  fullDenial,
  isRecord,
  mapPolicies,
  presentSlot,
  SLOTS,
  type StatementSource,
  statementsOf,
} from './policy-slots.ts'
import { applies, isOfRoot, needsPermission } from './reach.ts'

export const LAWS_OF_EFFECTS: readonly Law[] = [
  { name: 'deny beats allow', check: denyBeatsAllow },
  { name: 'default deny', check: defaultDeny },
  { name: 'without an Allow nothing is allowed', check: withoutAllow },
  { name: 'an answer rests on a statement of its own effect', check: restsOnStatement },
  { name: 'adding an Allow never denies', check: addingAllow },
  { name: 'adding a Deny never allows', check: addingDeny },
  { name: 'taking a Deny away never denies', check: withoutDeny },
  { name: 'a condition more on an Allow never allows', check: (question, draw) => narrowed(question, draw, 'Allow') },
  { name: 'a condition more on a Deny never denies', check: (question, draw) => narrowed(question, draw, 'Deny') },
  { name: 'explanation and enforcement cannot disagree', check: explained },
  { name: 'asking again, after another question, changes nothing', check: askedAgain },
]

function denyBeatsAllow(question: Question, { random }: Draw): Outcome {
  const slot = random.pick(SLOTS)
  if (!applies(question, slot)) return 'silent'
  return answersWith('explicitDeny', addedTo(question, slot, fullDenial(slot)))
}

function defaultDeny(question: Question): Outcome {
  if (isOfRoot(question) || !needsPermission(question)) return 'silent'
  return answersWith('implicitDeny', { ...question, policies: {} })
}

function withoutAllow(question: Question): Outcome {
  if (isOfRoot(question) || !needsPermission(question)) return 'silent'
  const granting = mapPolicies(question, (policy, slot) =>
    slot === 'identity' || slot === 'group' || slot === 'resource' ? deniesOnly(policy) : policy,
  )
  return isAllowed(granting) ? { asked: [granting] } : 'holds'
}

function restsOnStatement(question: Question): Outcome {
  if (!needsPermission(question)) return 'silent'
  const { effect, source, statement } = engineAnswer(question)
  const needed = { allow: 'Allow', explicitDeny: 'Deny', implicitDeny: undefined }[effect]
  const found = statement === undefined ? undefined : statementAt(question, source, statement)?.['Effect']
  const isSound = source === 'root' ? statement === undefined && effect === 'allow' : found === needed
  return isSound ? 'holds' : { asked: [question] }
}

function statementAt(
  { policies }: Question,
  source: string,
  { policy, index }: { readonly policy: number; readonly index: number },
): StatementSource | undefined {
  const lists: Readonly<Record<string, readonly PolicySource[]>> = {
    identity: [...(policies.identity ?? []), ...(policies.group ?? [])],
    boundary: [policies.boundary].filter(isRecord),
    session: policies.session ?? [],
    serviceControl: (policies.serviceControl ?? []).flat(),
    resourceControl: (policies.resourceControl ?? []).flat(),
    resource: [policies.resource].filter(isRecord),
    trust: [policies.resource].filter(isRecord),
    endpoint: [policies.endpoint].filter(isRecord),
  }
  const document = lists[source]?.[policy]
  return document && statementsOf(document)[index]
}

function addingAllow(question: Question, draw: Draw): Outcome {
  const slot = presentSlot(question, draw.random)
  if (slot === undefined) return 'silent'
  return keepsAllowed(question, addedTo(question, slot, allowsOnly(draw.policy(slot))))
}

function addingDeny(question: Question, draw: Draw): Outcome {
  const slot = presentSlot(question, draw.random)
  if (slot === undefined) return 'silent'
  return keepsRefused(question, addedTo(question, slot, deniesOnly(draw.policy(slot))))
}

function withoutDeny(question: Question): Outcome {
  return keepsAllowed(question, mapPolicies(question, allowsOnly))
}

/** Every statement of one effect asks for one thing more. */
const NARROWINGS = ['aws:username', 'aws:SecureTransport', 's3:prefix', 'aws:SourceIp'].flatMap((key) =>
  ['true', 'false'].map((isAbsent) => {
    const narrow = (effect: string): ReturnType<typeof changedStatements> =>
      changedStatements((statement) =>
        statement['Effect'] === effect ? withCondition(statement, { Null: { [key]: isAbsent } }) : statement,
      )
    return { Allow: narrow('Allow'), Deny: narrow('Deny') }
  }),
)

function narrowed(question: Question, { random }: Draw, effect: 'Allow' | 'Deny'): Outcome {
  const slot = presentSlot(question, random)
  const narrow = random.pick(NARROWINGS)[effect]
  const after = mapPolicies(question, (policy, held) => (held === slot ? narrow(policy) : policy))
  return effect === 'Allow' ? keepsRefused(question, after) : keepsAllowed(question, after)
}

/** A statement that asks for presence already stays as it is: it may ask for the same key. */
function withCondition(statement: StatementSource, condition: StatementSource): StatementSource {
  const held = isRecord(statement['Condition']) ? statement['Condition'] : {}
  return 'Null' in held ? statement : { ...statement, Condition: { ...held, ...condition } }
}

function explained(question: Question): Outcome {
  const answer = engineAnswer(question)
  const { decision } = explainQuestion(question)
  const place = decision.statement && `${decision.statement.policy.name}.${decision.statement.index}`
  const told = answer.statement && `${answer.statement.policy}.${answer.statement.index}`
  const agrees = decision.effect === answer.effect && decision.source === answer.source && place === told
  return agrees ? 'holds' : { asked: [question] }
}

function askedAgain(question: Question, draw: Draw): Outcome {
  const before = engineAnswer(question)
  const other = draw.question()
  engineAnswer(other)
  const after = engineAnswer(question)
  return JSON.stringify(before) === JSON.stringify(after) ? 'holds' : { asked: [question, other] }
}
