/** An explanation as a tree for a person: what was decided, what each kind of policy said, and which statements came near. */
import type { SourceExplanation } from '@iamd/policy'

import { isAllowed, nameOfCaller, type Simulation } from './simulation.ts'
import { sourceTitles } from './source-titles.ts'
import { nearlyApplies, statementTree, titleOf } from './statement-tree.ts'
import { leaf, type Tree } from './tree.ts'

/** The tree of one answer; its first line says what was decided, and by what. */
export function explanationTree(simulation: Simulation): Tree {
  const { request, explanation } = simulation
  const { sources } = explanation
  return {
    text: `${isAllowed(simulation) ? 'allowed' : 'denied'}: ${request.action} on ${request.resource}`,
    below: [
      leaf(`asked by ${nameOfCaller(request.caller)}`),
      leaf(`decided by ${decisionReason(simulation)}`),
      ...sources.map((source) => sourceTree(source, simulation)),
    ],
  }
}

/** What decided, in words. */
export function decisionReason({ explanation }: Simulation): string {
  const { effect, source, statement, budgetExceeded, failure } = explanation.decision
  const title = sourceTitles[source]
  if (budgetExceeded) return 'the limit on the work of one decision: the policies are too costly to evaluate'
  if (failure !== undefined) return 'a failure while deciding, which is a denial'
  if (statement !== undefined) return `${title}: ${titleOf(statement)}`
  if (source === 'root') return 'the root user: nothing denies it'
  return effect === 'implicitDeny' ? `${title}: no statement allows it` : title
}

function sourceTree(source: SourceExplanation, { request }: Simulation): Tree {
  const shown = source.statements.filter((statement) => statement.applies || nearlyApplies(statement, request))
  const others = source.statements.length - shown.length
  return {
    text: `${titleOfSource(source)}: ${verdictWords[source.verdict]}`,
    below: [
      ...shown.map((statement) => statementTree(statement, request)),
      ...(others === 0 ? [] : [leaf(others === 1 ? '1 other statement' : `${others} other statements`)]),
    ],
  }
}

const verdictWords = { allow: 'allows', deny: 'denies', none: 'does not allow' } as const

function titleOfSource({ source, level }: SourceExplanation): string {
  return level === undefined ? sourceTitles[source] : `${sourceTitles[source]}, level ${level + 1}`
}
