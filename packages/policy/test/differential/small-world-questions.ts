/**
 * A world so small that all of it can be asked: two principals (one in the account that owns the resources, one in another), two actions,
 * two resources. Two kinds of policies at a time hold every set of at most two statements, three at a time every set of at most one; the
 * other kinds are absent, or allow everything.
 */
import type { PolicySource, Question } from '../../reference/question.ts'

type Slot = keyof Question['policies']
type Sources = Partial<Record<Slot, PolicySource>>

const OWNER = '111122223333'
const ACTIONS = ['s3:GetObject', 's3:PutObject']
const RESOURCES = ['arn:aws:s3:::b/one', 'arn:aws:s3:::b/two']
const CALLERS = [userOf(OWNER, 'ada'), userOf('444455556666', 'bo')]

const SLOTS = [
  'identity',
  'group',
  'boundary',
  'session',
  'serviceControl',
  'resourceControl',
  'resource',
  'endpoint',
] as const satisfies readonly Slot[]

/** Policies with the eight questions that there are to ask of each. */
export function* smallWorlds(): Generator<readonly Question[]> {
  for (const [place, first] of SLOTS.entries()) {
    for (const second of SLOTS.slice(place + 1)) yield* worldsOf([first, second], 2)
  }
  for (const [place, first] of SLOTS.entries()) {
    for (const [next, second] of SLOTS.slice(place + 1).entries()) {
      for (const third of SLOTS.slice(place + next + 2)) yield* worldsOf([first, second, third], 1)
    }
  }
}

function* worldsOf(slots: readonly Slot[], statementsMax: number): Generator<readonly Question[]> {
  for (const sources of combinations(slots, statementsMax)) {
    yield questionsOf(sources)
    yield questionsOf({ ...WHOLE, ...sources })
  }
}

function* combinations([slot, ...rest]: readonly Slot[], statementsMax: number): Generator<Sources> {
  if (slot === undefined) {
    yield {}
    return
  }
  for (const source of policiesOf(slot, statementsMax)) {
    for (const others of combinations(rest, statementsMax)) yield { [slot]: source, ...others }
  }
}

const POLICIES = new Map<string, readonly PolicySource[]>()

/** Every policy of at most so many statements, none twice; the same objects each time, so that each is read once. */
function policiesOf(slot: Slot, statementsMax: number): readonly PolicySource[] {
  const known = POLICIES.get(`${slot} ${statementsMax}`)
  if (known !== undefined) return known
  const statements = statementsOf(slot)
  const pairs = statements.flatMap((statement, at) => statements.slice(at + 1).map((other) => [statement, other]))
  const sets = [...statements.map((statement) => [statement]), ...(statementsMax === 2 ? pairs : [])]
  // A policy must have a statement: one that speaks of nothing here stands for none.
  const nothing = { Effect: 'Allow', ...principalOf(slot, '*'), Action: 'sqs:*', Resource: '*' }
  const policies = [[nothing], ...sets].map((Statement) => ({ Version: '2012-10-17', Statement }))
  POLICIES.set(`${slot} ${statementsMax}`, policies)
  return policies
}

function statementsOf(slot: Slot): PolicySource[] {
  const named = slot === 'resource' || slot === 'endpoint' ? CALLERS.map(({ arn }) => ({ AWS: arn })) : ['*']
  return ['Allow', 'Deny'].flatMap((Effect) =>
    named.flatMap((name) =>
      ACTIONS.flatMap((Action) =>
        RESOURCES.map((Resource) => ({ Effect, ...principalOf(slot, name), Action, Resource })),
      ),
    ),
  )
}

function principalOf(slot: Slot, name: unknown): PolicySource {
  return slot === 'resource' || slot === 'endpoint' || slot === 'resourceControl' ? { Principal: name } : {}
}

const WHOLE: Readonly<Record<Slot, PolicySource>> = {
  identity: wholeOf('identity'),
  group: wholeOf('group'),
  boundary: wholeOf('boundary'),
  session: wholeOf('session'),
  serviceControl: wholeOf('serviceControl'),
  resourceControl: wholeOf('resourceControl'),
  resource: wholeOf('resource'),
  endpoint: wholeOf('endpoint'),
}

function wholeOf(slot: Slot): PolicySource {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...principalOf(slot, '*'), Action: '*', Resource: '*' }],
  }
}

function questionsOf(sources: Sources): Question[] {
  const policies = policiesFrom(sources)
  return CALLERS.flatMap((caller) =>
    ACTIONS.flatMap((action) =>
      RESOURCES.map((resource) => ({
        request: { caller, action, resource, resourceAccount: OWNER, context: {} },
        policies,
      })),
    ),
  )
}

function policiesFrom(sources: Sources): Question['policies'] {
  const { identity, group, boundary, session, serviceControl, resourceControl, resource, endpoint } = sources
  return {
    ...(identity && { identity: [identity] }),
    ...(group && { group: [group] }),
    ...(boundary && { boundary }),
    ...(session && { session: [session] }),
    ...(serviceControl && { serviceControl: [[serviceControl]] }),
    ...(resourceControl && { resourceControl: [[resourceControl]] }),
    ...(resource && { resource }),
    ...(endpoint && { endpoint }),
  }
}

function userOf(accountId: string, name: string): Extract<Question['request']['caller'], { kind: 'user' }> {
  return { kind: 'user', accountId, arn: `arn:aws:iam::${accountId}:user/${name}`, id: `AIDAEXAMPLE${name}` }
}
