/**
 * Makes every call of the evaluation fail in every way, one at a time, in decisions that allow and in decisions that deny. None may
 * become an allow, and none whose answer was used may remain one (P7, negative test E-8).
 */
import type { DecisionCase } from '../../reference/question.ts'
import { FAULT_SITES, type FaultSite, intercepted, type Interceptor } from './fault-sites.ts'

// The engine is loaded behind the switches of fault-sites.ts, which is imported first.
const { compileQuestion, decideCompiled } = await import('../engine-answer.ts')
const { StepBudgetExceeded } = await import('../../src/context/step-budget.ts')

export type FaultName = 'throw' | 'budget' | 'undefined' | 'null' | 'NaN' | 'text' | 'number' | 'object' | 'function'

const FAULTS: Readonly<Record<FaultName, () => unknown>> = {
  throw: () => {
    throw new Error('the call fails')
  },
  budget: () => {
    throw new StepBudgetExceeded('there are no steps left')
  },
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  text: () => 'allow',
  number: () => 7,
  object: () => ({}),
  function: () => () => true,
}

/** Which of a call's executions in one decision fails. */
export type Occasion = 'every' | 'first' | 'last'

export interface Trial {
  readonly site: FaultSite
  readonly fault: FaultName
  readonly occasion: Occasion
  readonly asked: DecisionCase
}

export interface FaultReport {
  readonly sites: number
  readonly trials: number
  readonly byFault: Readonly<Record<FaultName, number>>
  /** Decisions that a fault turned into an allow, or left one although its answer was used. */
  readonly wrong: readonly string[]
  /** Calls that no case reaches. */
  readonly unreached: readonly string[]
}

export interface FaultCampaign {
  readonly cases: readonly DecisionCase[]
  /** Cases for each site and each of allow and deny. */
  readonly casesPerSite: number
  readonly occasions: readonly Occasion[]
}

/** Runs the trials of all sites that the cases reach. */
export function injectFaults({ cases, casesPerSite, occasions }: FaultCampaign): FaultReport {
  const observed = observe(cases, casesPerSite)
  const wrong: string[] = []
  const byFault = { throw: 0, budget: 0, undefined: 0, null: 0, NaN: 0, text: 0, number: 0, object: 0, function: 0 }
  for (const observation of observed.values()) {
    for (const trial of trialsOf(observation, occasions)) {
      byFault[trial.fault] += 1
      const fails = verdictOf(trial, observation.answers)
      if (fails !== undefined) wrong.push(fails)
    }
  }
  const trials = Object.values(byFault).reduce((sum, count) => sum + count, 0)
  const unreached = FAULT_SITES.filter(({ id }) => !observed.has(id)).map(({ name }) => name)
  return { sites: observed.size, trials, byFault, wrong, unreached }
}

function trialsOf({ site, asked, answers }: Observation, occasions: readonly Occasion[]): readonly Trial[] {
  return faultsOf(site, answers).flatMap((fault) =>
    occasions.flatMap((occasion) => asked.map((one) => ({ site, fault, occasion, asked: one }))),
  )
}

interface Observation {
  readonly site: FaultSite
  readonly asked: DecisionCase[]
  /** What the call was seen to answer, by type: `undefined`, `null`, `boolean`... */
  readonly answers: Set<string>
}

/** Decides all cases without faults, and notes which calls each of them makes. */
function observe(cases: readonly DecisionCase[], casesPerSite: number): ReadonlyMap<number, Observation> {
  const observed = new Map<number, Observation>()
  const counts = new Map<string, number>()
  for (const asked of cases) {
    const reached = new Set<number>()
    const effect = effectWith(asked, (site, call) => {
      const answer = call()
      reached.add(site)
      observationOf(observed, site)?.answers.add(kindOf(answer))
      return answer
    })
    for (const site of reached) {
      const key = `${site} ${effect === 'allow'}`
      const count = counts.get(key) ?? 0
      counts.set(key, count + 1)
      if (count < casesPerSite) observationOf(observed, site)?.asked.push(asked)
    }
  }
  return observed
}

function observationOf(observed: Map<number, Observation>, id: number): Observation | undefined {
  const site = FAULT_SITES[id]
  const known = observed.get(id)
  if (known !== undefined || site === undefined) return known
  const fresh = { site, asked: [], answers: new Set<string>() }
  observed.set(id, fresh)
  return fresh
}

function kindOf(answer: unknown): string {
  if (answer === null) return 'null'
  return Number.isNaN(answer) ? 'NaN' : typeof answer
}

/** A wrong answer is one of a type that the call never gives. A context may say what it likes, as long as it is a text, a list or nothing. */
function faultsOf({ callee }: FaultSite, answers: ReadonlySet<string>): readonly FaultName[] {
  if (callee === 'library') return ['throw', 'budget']
  const legal = callee === 'host' ? ['string', 'undefined'] : [...answers].filter((kind) => kind !== 'object')
  const kinds: Readonly<Record<FaultName, string>> = {
    throw: '',
    budget: '',
    undefined: 'undefined',
    null: 'null',
    NaN: 'NaN',
    text: 'string',
    number: 'number',
    object: 'object',
    function: 'function',
  }
  const names: readonly FaultName[] = [
    'throw',
    'budget',
    'undefined',
    'null',
    'NaN',
    'text',
    'number',
    'object',
    'function',
  ]
  return names.filter((name) => !legal.includes(kinds[name]))
}

/** What is wrong with how a trial ends; undefined when nothing is. */
function verdictOf(trial: Trial, answers: ReadonlySet<string>): string | undefined {
  const { site, fault, occasion, asked } = trial
  const faultless = effectWith(asked, (_site, call) => call())
  let calls = 0
  if (occasion === 'last') {
    effectWith(asked, (id, call) => {
      if (id === site.id) calls += 1
      return call()
    })
  }
  const failing = occasion === 'last' ? calls : 1
  let count = 0
  const effect = effectWith(asked, (id, call) => {
    if (id !== site.id) return call()
    count += 1
    return occasion === 'every' || count === failing ? FAULTS[fault]() : call()
  })
  // Nothing reads the answer of a call that has none; only its failure counts.
  const isUnused = fault !== 'throw' && fault !== 'budget' && [...answers].join() === 'undefined'
  const isSafe = effect !== 'allow' || (isUnused && faultless === 'allow')
  return isSafe
    ? undefined
    : `${site.name}: ${fault} (${occasion}) of \`${asked.name}\`: ${String(faultless)} became ${String(effect)}`
}

/** Policies are compiled anew for every trial: what a fault leaves behind must not reach the next. */
function effectWith(asked: DecisionCase, intercept: Interceptor): unknown {
  const compiled = compileQuestion(structuredClone(asked))
  // Where the fault is in the last call of all, what is answered is no decision, and a host does not take it for an allow.
  const decision: unknown = intercepted(intercept, () => decideCompiled(compiled))
  return typeof decision === 'object' && decision !== null ? Reflect.get(decision, 'effect') : undefined
}
