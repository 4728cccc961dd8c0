/** Measures what only iamd is asked, and prints a LimitsReport as JSON: explanations, hostile patterns, shared policies. */
import {
  compile,
  compilePolicy,
  decide,
  explain,
  type Explanation,
  type PoliciesInForce,
  type PolicyDocument,
} from '@iamd/policy'
import { ACCOUNT_ID, OFFICE_CALL } from '../workloads/call-facts.ts'
import { typicalPolicies } from '../workloads/typical-policies.ts'
import { typicalQuestions } from '../workloads/typical-questions.ts'
import type { PolicyText } from '../workloads/workload.ts'
import type { HostilePattern, LimitsReport, SharedPolicy } from '../limits-report.ts'
import { accessRequest, parsedPolicy, policiesInForce, textsOf } from './iamd-engine.ts'

const SECONDS = 2
const PRINCIPALS = 10_000
const W2_POLICIES = 10
const PATTERN_LENGTH = 6 * 1024
const VALUE_LENGTH = 2 * 1024
const HOSTILE_RUNS = 5

const report: LimitsReport = {
  explanationsPerSecond: explainFor(SECONDS, ({ sources, remedies }) => sources.length + remedies.length),
  statementExplanationsPerSecond: explainFor(SECONDS, ({ sources }) => obstacleCount(sources)),
  hostilePatterns: hostilePatterns(),
  sharedPolicy: sharedPolicy(),
}
process.stdout.write(`${JSON.stringify(report)}\n`)

/** Explanations per second of the questions of W2; `read` looks at what is to be worked out. */
function explainFor(seconds: number, read: (explanation: Explanation) => number): number {
  const policies = policiesInForce(textsOf(typicalPolicies(W2_POLICIES)))
  const questions = typicalQuestions(W2_POLICIES)
  let seen = 0
  const explainAll = (): number => {
    const start = performance.now()
    let explained = 0
    while (performance.now() - start < seconds * 1000) {
      for (const question of questions) seen += read(explain(accessRequest(question), policies))
      explained += questions.length
    }
    return explained / ((performance.now() - start) / 1000)
  }
  explainAll()
  const perSecond = explainAll()
  if (seen === 0) throw new Error('nothing was explained')
  return perSecond
}

/** All that is in the way of all statements. */
function obstacleCount(sources: Explanation['sources']): number {
  let count = 0
  for (const { statements } of sources) for (const { failed } of statements) count += failed.length
  return count
}

/** A 6 KiB pattern in Resource against a resource of 2 KiB: shapes on which matchers are known to take long. */
function hostilePatterns(): readonly HostilePattern[] {
  const a = 'a'.repeat(VALUE_LENGTH)
  const shapes: readonly (readonly [what: string, pattern: string, value: string])[] = [
    ['more letters than the value has', '*a'.repeat(PATTERN_LENGTH / 2), a],
    ['stars and letters', `${'*a'.repeat(VALUE_LENGTH - 1)}*b`.padEnd(PATTERN_LENGTH, '*'), a],
    ['a long part that fails at its end', `*${'a'.repeat(VALUE_LENGTH / 2)}b*`.padEnd(PATTERN_LENGTH, '*'), a],
    ['the same behind a question mark', `*?${'a'.repeat(VALUE_LENGTH / 2)}b*`.padEnd(PATTERN_LENGTH, '*'), a],
    [
      'a long part that stands, but for a unit',
      `*${'a'.repeat(VALUE_LENGTH / 2)}b?*`.padEnd(PATTERN_LENGTH, '*'),
      `${a.slice(1)}b`,
    ],
    ['stars that can match', '*a'.repeat(VALUE_LENGTH / 2).padEnd(PATTERN_LENGTH, '*'), a],
    ['stars and question marks', `${'*?'.repeat(VALUE_LENGTH / 2)}b`.padStart(PATTERN_LENGTH, '*'), a],
    [
      'parts that nearly match',
      `*${'ab'.repeat(512)}c*${'ab'.repeat(512)}d`.padEnd(PATTERN_LENGTH, '*'),
      'ab'.repeat(VALUE_LENGTH / 2),
    ],
  ]
  return shapes.map(([what, pattern, value]) => ({ what, ...decideHostile(pattern, value) }))
}

function decideHostile(pattern: string, value: string): Pick<HostilePattern, 'ms' | 'budgetExceeded'> {
  const policies = policiesInForce([
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${pattern}` },
    }),
  ])
  const question = {
    action: 's3:GetObject',
    resource: `arn:aws:s3:::${value}`,
    facts: OFFICE_CALL,
    keys: {},
    isAllowed: false,
  }
  const run = (): Pick<HostilePattern, 'ms' | 'budgetExceeded'> => {
    const start = performance.now()
    const { budgetExceeded } = decide(accessRequest(question), policies)
    return { ms: performance.now() - start, budgetExceeded }
  }
  for (let warmUp = 0; warmUp < HOSTILE_RUNS; warmUp += 1) run()
  const runs = Array.from({ length: HOSTILE_RUNS }, run)
  return { ms: Math.max(...runs.map(({ ms }) => ms)), budgetExceeded: runs.some((run) => run.budgetExceeded) }
}

function sharedPolicy(): SharedPolicy {
  const policy: PolicyText = {
    Version: '2012-10-17',
    Statement: typicalPolicies(4).flatMap(({ Statement }) => Statement),
  }
  const text = JSON.stringify(policy)
  const questions = typicalQuestions(4).slice(0, 10)
  const start = performance.now()
  const document = parsedPolicy(text)
  compilePolicy(document, { name: 'Shared', arn: undefined, attachedTo: 'nobody' })
  const compileMs = performance.now() - start
  const before = heapBytes()
  const attachStart = performance.now()
  const all = Array.from({ length: PRINCIPALS }, (_, index) => attach(document, `user-${index}`))
  const attachMs = performance.now() - attachStart
  const attached = heapBytes()
  for (const policies of all) for (const question of questions) decide(accessRequest(question), policies)
  const used = heapBytes()
  return {
    characters: text.length,
    principals: all.length,
    compileMs,
    attachMs,
    bytesPerPrincipal: (attached - before) / PRINCIPALS,
    bytesPerPrincipalInUse: (used - before) / PRINCIPALS,
  }
}

function attach(document: PolicyDocument, userName: string): PoliciesInForce {
  const arn = `arn:aws:iam::${ACCOUNT_ID}:policy/Shared`
  const attachedTo = `arn:aws:iam::${ACCOUNT_ID}:user/${userName}`
  return { identity: compile([compilePolicy(document, { name: 'Shared', arn, attachedTo })]) }
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('run with `--expose-gc`')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
