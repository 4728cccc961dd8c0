import assert from 'node:assert/strict'
import { parsePolicy } from '../src/document/parse-policy.ts'
import type { PolicyKind } from '../src/document/policy-kind.ts'
import type { Finding } from '../src/finding.ts'
import { validatePolicy } from '../src/validate/validate-policy.ts'

/** What is said of a document, or of its text, whose grammar is right. */
export function findingsOf(source: unknown, kind: PolicyKind): readonly Finding[] {
  const outcome = parsePolicy(typeof source === 'string' ? source : JSON.stringify(source), kind)
  return outcome.ok ? validatePolicy(outcome.document, kind) : assert.fail(outcome.findings[0]?.detail)
}

/** AWS's sentences about a version 2012-10-17 document with these statements, in order. */
export function sentencesOf(kind: PolicyKind, ...statements: readonly object[]): readonly string[] {
  const findings = findingsOf({ Version: '2012-10-17', Statement: statements }, kind)
  return findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)
}
