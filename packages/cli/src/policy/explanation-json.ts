import type { SourceExplanation, StatementRef } from '@iamd/policy'

import { decisionReason, toldStatements } from './explanation-tree.ts'
import { nameOfCaller, type Simulation } from './simulation.ts'
import { hasLines } from './statement-tree.ts'
import { remedyLine } from './remedy-line.ts'

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
    sources: sources.map(sourceJson),
    remedies: explanation.remedies.map(remedyLine),
  }
}

function sourceJson(explained: SourceExplanation): Readonly<Record<string, unknown>> {
  const { source, level, verdict } = explained
  return {
    source,
    ...(level === undefined ? {} : { level }),
    verdict,
    statements: toldStatements(explained).map(({ statement, applies, failed }) => ({
      ...statementPlace(statement),
      applies,
      failed,
    })),
  }
}

function statementPlace(statement: StatementRef): Readonly<Record<string, unknown>> {
  const { policy, index, sid, effect, start } = statement
  const place = hasLines(statement) ? { line: start.line, column: start.column } : {}
  return { policy: policy.name, index, ...(sid === undefined ? {} : { sid }), effect, ...place }
}
