/** Does to the policies of a question what remedies say, as a person would. */
import type { PolicySource, Question } from '../../reference/question.ts'
import { type AllowPlace, GRADES, type Remedy } from '../../src/index.ts'

type Policies = Question['policies']

/** The question with policies in which every Deny that is named is gone, and the first place named for an Allow allows all. */
export function withRemedies(question: Question, remedies: readonly Remedy[]): Question {
  const removals = remedies.filter((remedy) => remedy.kind === 'removeDeny')
  // Places of statements are those of the question as it is: what is added comes after what is removed.
  const without = removals.reduce(removed, question.policies)
  const places = remedies.flatMap((remedy) => (remedy.kind === 'addAllow' ? remedy.places.slice(0, 1) : []))
  return { ...question, policies: places.reduce((policies, place) => added(policies, place, question), without) }
}

type Removal = Extract<Remedy, { readonly kind: 'removeDeny' }>

/** A statement that matches nothing keeps the places of those behind it. */
const NOTHING = { Effect: 'Allow', Action: 'none:None', Resource: 'arn:aws:none:::none' }

function removed(policies: Policies, { source, statement }: Removal): Policies {
  const place = Number(statement.policy.name)
  const replaced = (policy: PolicySource, at: number): PolicySource => {
    if (at !== place) return policy
    const statements = statementsOf(policy).map((one, index) => (index === statement.index ? NOTHING : one))
    return { ...policy, Statement: statements }
  }
  const { identity = [], group = [] } = policies
  switch (source) {
    case 'identity':
      return {
        ...policies,
        identity: identity.map(replaced),
        group: group.map((policy, index) => replaced(policy, identity.length + index)),
      }
    case 'serviceControl':
    case 'resourceControl': {
      let at = -1
      const levels = (policies[source] ?? []).map((level) => level.map((policy) => replaced(policy, (at += 1))))
      return { ...policies, [source]: levels }
    }
    case 'session':
      return { ...policies, session: (policies.session ?? []).map(replaced) }
    case 'boundary':
    case 'endpoint':
      return { ...policies, [source]: replaced(policies[source] ?? {}, 0) }
    case 'resource':
    case 'trust':
      return { ...policies, resource: replaced(policies.resource ?? {}, 0) }
    case 'root':
      throw new Error('the root user has no policies')
  }
}

function added(policies: Policies, { source, level = 0, grade }: AllowPlace, { request }: Question): Policies {
  switch (source) {
    case 'identity':
    case 'session':
      return { ...policies, [source]: [...(policies[source] ?? []), allowAll({})] }
    case 'serviceControl':
    case 'resourceControl': {
      const levels = policies[source] ?? []
      const principal = source === 'resourceControl' ? { Principal: '*' } : {}
      const grown = levels.map((policyList, index) =>
        index === level ? [...policyList, allowAll(principal)] : policyList,
      )
      return { ...policies, [source]: levels.length === 0 ? [[allowAll(principal)]] : grown }
    }
    case 'boundary':
      return { ...policies, boundary: withAllow(policies.boundary, {}) }
    case 'endpoint':
      return { ...policies, endpoint: withAllow(policies.endpoint, { Principal: '*' }) }
    case 'resource':
    case 'trust':
      return { ...policies, resource: withAllow(policies.resource, { Principal: principalOf(request.caller, grade) }) }
    case 'root':
      throw new Error('the root user has no policies')
  }
}

/** Who is named no more closely than the remedy asks for. */
function principalOf(caller: Question['request']['caller'], grade: AllowPlace['grade']): unknown {
  if (!('accountId' in caller) || grade === undefined) return '*'
  if (grade === GRADES.account) return { AWS: caller.accountId }
  if (caller.kind === 'user' && grade <= GRADES.boundary) return { AWS: caller.arn }
  if (caller.kind === 'roleSession' && grade === GRADES.identity) return { AWS: caller.roleArn }
  if (caller.kind === 'federatedUser' && grade === GRADES.identity) return { AWS: caller.userArn }
  return '*'
}

function allowAll(principal: PolicySource): PolicySource {
  return { Statement: { Effect: 'Allow', ...principal, Action: '*', Resource: '*' } }
}

function withAllow(policy: PolicySource | undefined, principal: PolicySource): PolicySource {
  const own = policy === undefined ? [] : statementsOf(policy)
  return { ...policy, Statement: [...own, ...statementsOf(allowAll(principal))] }
}

function statementsOf({ Statement }: PolicySource): readonly unknown[] {
  return Array.isArray(Statement) ? Statement : [Statement]
}
