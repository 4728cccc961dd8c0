/** An explanation as a tree for a person: what was decided, what each kind of policy said, and which statements came near. */
import { denialSentence, type SourceExplanation, type StatementExplanation } from '@iamd/policy'

import { isAllowed, nameOfCaller, type Simulation } from './simulation.ts'
import { sourceTitles, titleOfSource } from './source-titles.ts'
import { remedyLine } from './remedy-line.ts'
import { statementTree, titleOf } from './statement-tree.ts'
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
      ...(isAllowed(simulation) ? [] : denialTrees(simulation)),
    ],
  }
}

function denialTrees({ request, explanation }: Simulation): readonly Tree[] {
  const { decision, remedies } = explanation
  const { action, resource } = request
  const sentence = denialSentence({ principalArn: nameOfCaller(request.caller), action, resource, decision })
  return [{ text: 'what would have to change', below: remedies.map(remedyLine).map(leaf) }, leaf(`answer: ${sentence}`)]
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
  const shown = toldStatements(source)
  const others = source.statements.length - shown.length
  return {
    text: `${titleOfSource(source)}: ${verdictWords[source.verdict]}`,
    below: [
      ...shown.map((statement) => statementTree(statement, request)),
      ...(others === 0 ? [] : [leaf(others === 1 ? '1 other statement' : `${others} other statements`)]),
    ],
  }
}

/** The statements that apply, and those that one thing only keeps from it. */
export function toldStatements({ statements }: SourceExplanation): readonly StatementExplanation[] {
  return statements.filter(({ applies, nearlyApplies }) => applies || nearlyApplies)
}

const verdictWords = { allow: 'allows', deny: 'denies', none: 'does not allow' } as const
