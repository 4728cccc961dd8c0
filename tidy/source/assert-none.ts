import assert from 'node:assert/strict'

/** Fails with all findings, one a line, when there is one. */
export function assertNone(findings: readonly string[]): void {
  if (findings.length > 0) assert.fail(`${findings.length} found:\n${findings.join('\n')}`)
}
