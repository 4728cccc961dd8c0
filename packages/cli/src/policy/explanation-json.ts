import type { SourceExplanation, StatementExplanation } from '@iamd/policy'

import { decisionReason } from './explanation-tree.ts'
import { nameOfCaller, type Simulation } from './simulation.ts'
import { nearlyApplies } from './statement-tree.ts'

/** An answer for programs: `docs/policies.md` has its form. What AWS names keeps AWS's spelling in the values. */
export function explanationJson({ request, explanation }: Simulation): Readonly<Record<string, unknown>> {
  const { decision, sources } = explanation
  const { caller, action, resource } = request
  return {
    caller: nameOfCaller(caller),
    action,
    resource,
    effect: decision.effect,
    source: decision.source,
    reason: decisionReason({ request, explanation }),
    statement: decision.statement === undefined ? null : statementPlace(decision.statement),
    sources: sources.map((source) => sourceJson(source, request)),
  }
}

function sourceJson(
  { source, level, verdict, statements }: SourceExplanation,
  request: Simulation['request'],
): Readonly<Record<string, unknown>> {
  const told = statements.filter((statement) => statement.applies || nearlyApplies(statement, request))
  return {
    source,
    ...(level === undefined ? {} : { level }),
    verdict,
    statements: told.map(({ statement, applies, failed }) => ({ ...statementPlace(statement), applies, failed })),
  }
}

function statementPlace({
  policy,
  index,
  sid,
  effect,
  start,
}: StatementExplanation['statement']): Readonly<Record<string, unknown>> {
  const { line, column } = start
  return { policy: policy.name, index, ...(sid === undefined ? {} : { sid }), effect, line, column }
}
