import type { Expectation, ExpectationFile } from './expectation-file.ts'
import { simulate, type Simulation } from './simulation.ts'

/** What came of one expectation. */
export type Outcome = {
  readonly name: string
  readonly simulation: Simulation
  /** What is not as expected; undefined when all is. */
  readonly problem: string | undefined
}

/** What came of a file's expectations. */
export type FileOutcome = { readonly name: string; readonly outcomes: readonly Outcome[] }

/** Asks everything that a file expects something of. */
export function checkExpectations({ name, expectations }: ExpectationFile): FileOutcome {
  return { name, outcomes: expectations.map(checkExpectation) }
}

function checkExpectation(expectation: Expectation): Outcome {
  const simulation = simulate(expectation.request, expectation.policies)
  return { name: expectation.name, simulation, problem: problemOf(expectation, simulation) }
}

function problemOf({ expect, by }: Expectation, { explanation }: Simulation): string | undefined {
  const { effect, source, statement, failure } = explanation.decision
  // A decision that failed is a denial for a reason that nobody expects.
  if (failure !== undefined) return 'it could not be decided'
  const isAsExpected = expect === 'deny' ? effect !== 'allow' : effect === expect
  if (!isAsExpected) return `expected \`${expect}\`, and it is \`${effect}\``
  if (by.source !== undefined && by.source !== source) return `expected by \`${by.source}\`, and it is by \`${source}\``
  const actual = { sid: statement?.sid, policy: statement?.policy.name }
  for (const what of ['sid', 'policy'] as const) {
    if (by[what] === undefined || by[what] === actual[what]) continue
    const found = actual[what] === undefined ? 'none' : `\`${actual[what]}\``
    return `expected by the ${what === 'sid' ? 'statement' : 'policy'} \`${by[what]}\`, and it is by ${found}`
  }
  return undefined
}
