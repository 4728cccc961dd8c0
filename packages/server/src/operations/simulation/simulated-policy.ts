/** A policy in a simulation: what it is decided with, and how answers name it and its statements. */
import {
  type CompiledPolicy,
  compilePolicy,
  parsePolicy,
  type PolicyDocument,
  type PolicyKind,
  type StatementRef,
  validatePolicy,
} from '@iamd/policy'
import type { Statement } from '@iamd/wire'

/** Observed; the model has other values. They are also the keys of EvalDecisionDetails. */
export type SourceType = 'IAM Policy' | 'Resource Policy' | 'Permissions Boundary Policy'

export interface SimulatedPolicy {
  readonly compiled: CompiledPolicy
  readonly document: PolicyDocument
  readonly text: string
  /** `PolicyInputList.1`, or the name of a stored policy; undefined when answers never name its statements. */
  readonly source: { readonly id: string; readonly type: SourceType } | undefined
}

interface PolicySource {
  /** ARN of a managed policy. */
  readonly arn?: string | undefined
  readonly attachedTo: string
  readonly source: SimulatedPolicy['source']
}

/** A stored document, which is not asked whether it may be stored; undefined when it cannot be read. */
export function readSimulated(text: string, source: PolicySource): SimulatedPolicy | undefined {
  const parsed = parsePolicy(text)
  return parsed.ok ? simulated(text, parsed.document, source) : undefined
}

/** A document of the request; undefined when it could not be stored as a policy of that kind. */
export function checkSimulated(text: string, kind: PolicyKind, source: PolicySource): SimulatedPolicy | undefined {
  const parsed = parsePolicy(text)
  if (!parsed.ok) return undefined
  if (validatePolicy(parsed.document, kind).some(({ severity }) => severity === 'error')) return undefined
  return simulated(text, parsed.document, source)
}

function simulated(text: string, document: PolicyDocument, { arn, attachedTo, source }: PolicySource): SimulatedPolicy {
  const compiled = compilePolicy(document, { name: source?.id ?? '', arn, attachedTo })
  return { compiled, document, text, source }
}

/**
 * A statement as answers name it. Observed: a statement begins behind the bracket of the list, or behind the end of the one before
 * it, with the comma and the white space between; one that is in no list begins behind its brace. It ends behind its brace.
 */
export function statementView({ document, text, source }: SimulatedPolicy, { index, end }: StatementRef): Statement {
  const offset = startOf(document, text, index)
  const { line, column } = document.lines.positionAt(offset)
  return {
    SourcePolicyId: source?.id,
    SourcePolicyType: source?.type,
    StartPosition: { Line: line, Column: column },
    EndPosition: { Line: end.line, Column: end.column },
  }
}

function startOf({ statements }: PolicyDocument, text: string, index: number): number {
  const before = statements[index - 1]
  if (before !== undefined) return before.end
  const brace = statements[index]?.start ?? 0
  const opening = text.slice(0, brace).trimEnd()
  return opening.endsWith('[') ? opening.length : brace + 1
}
