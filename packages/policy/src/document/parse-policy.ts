import type { Finding } from '../finding.ts'
import { LineIndex } from '../json/line-index.ts'
import { parseJson } from '../json/parse-json.ts'
import type { PolicyDocument } from './policy-document.ts'
import { readDocument } from './read-document.ts'

export type ParseOutcome =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** What AWS answers to whatever is wrong with JSON or grammar. Observed with CreatePolicy. */
export const SYNTAX_ERROR = 'Syntax errors in policy.'

/** Reads a policy document of any kind. Never throws; findings name every fault of grammar, or the first one of JSON. */
export function parsePolicy(text: string): ParseOutcome {
  const lines = new LineIndex(text)
  const json = parseJson(text)
  if (!json.ok) {
    const { code, detail, offset } = json.fault
    return { ok: false, findings: [syntaxFinding({ code, detail, path: '' }, lines.positionAt(offset))] }
  }
  const { document, faults } = readDocument(json.node, lines)
  if (document !== undefined) return { ok: true, document }
  return { ok: false, findings: faults.map((fault) => syntaxFinding(fault, lines.positionAt(fault.offset))) }
}

function syntaxFinding(
  { code, detail, path }: { readonly code: string; readonly detail: string; readonly path: string },
  { line, column }: { readonly line: number; readonly column: number },
): Finding {
  return { code, severity: 'error', message: SYNTAX_ERROR, detail, line, column, path }
}
