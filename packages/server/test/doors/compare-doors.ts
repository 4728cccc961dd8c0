/** Random questions through both doors, and what the doors do not agree on. */
import { seededRandom } from '../damage/random.ts'
import { type Credentials, World, type WorldOptions } from '../world.ts'
import { askBoth } from './ask-both.ts'
import { type RandomCall, randomCall } from './random-call.ts'
import { SUBJECT } from './random-account.ts'
import { changePolicies } from './random-policies.ts'

export interface Comparison {
  readonly asked: number
  /** Questions by what the call itself was answered. */
  readonly effects: Readonly<Record<string, number>>
  readonly operations: Readonly<Record<string, number>>
  /** Questions in which a boundary had a say, and in how many it did not allow. */
  readonly boundaries: { readonly asked: number; readonly limiting: number }
  /** What was asked and answered differently. */
  readonly differences: readonly string[]
}

/** Questions that are asked about the same policies. */
const QUESTIONS_PER_POLICIES = 20
/** Questions after which the account begins anew. */
const QUESTIONS_PER_WORLD = 2_000

export interface Questions {
  readonly count: number
  readonly seed: number
  /** Another than the server's own way to the policies that calls are decided by: to see that the comparison finds faults. */
  readonly policies?: WorldOptions['policies']
}

export async function compareDoors({ count, seed, policies }: Questions): Promise<Comparison> {
  const random = seededRandom(seed)
  const effects: Record<string, number> = {}
  const operations: Record<string, number> = {}
  const boundaries = { asked: 0, limiting: 0 }
  const differences: string[] = []
  let { world, subject } = await freshWorld(policies)
  for (let asked = 0; asked < count; asked += 1) {
    if (asked > 0 && asked % QUESTIONS_PER_WORLD === 0) ({ world, subject } = await freshWorld(policies))
    if (asked % QUESTIONS_PER_POLICIES === 0) await changePolicies(world, random)
    const call = randomCall(random)
    const { enforced, simulated, allowedByBoundary } = await askBoth(world, subject, call)
    effects[enforced] = (effects[enforced] ?? 0) + 1
    operations[call.name] = (operations[call.name] ?? 0) + 1
    if (allowedByBoundary !== undefined) boundaries.asked += 1
    if (allowedByBoundary === false) boundaries.limiting += 1
    if (enforced !== simulated)
      differences.push(difference(asked, call, `${enforced} when called, ${simulated} when simulated`))
  }
  return { asked: count, effects, operations, boundaries, differences }
}

async function freshWorld(policies: WorldOptions['policies']): Promise<{ world: World; subject: Credentials }> {
  const world = await World.create(policies === undefined ? {} : { policies })
  for (const name of ['Bob', 'Zed']) await world.createUser(name)
  return { world, subject: await world.createUser(SUBJECT) }
}

function difference(asked: number, { name, input }: RandomCall, answers: string): string {
  return `question ${asked}, ${name} ${JSON.stringify(input)}: ${answers}`
}
