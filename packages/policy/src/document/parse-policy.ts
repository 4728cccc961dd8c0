import type { Finding } from '../finding.ts'
import { LineIndex } from '../json/line-index.ts'
import { parseJson } from '../json/parse-json.ts'
import type { PolicyDocument } from './policy-document.ts'
import type { PolicyKind } from './policy-kind.ts'
import { readDocument } from './read-document.ts'
import { syntaxSentence } from './syntax-sentence.ts'

/** The document, or what is wrong with the text. */
export type ParseOutcome =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads a policy document. Never throws; findings name every fault of grammar, or the first one of JSON. The grammar is the
 * same for every kind; the kind decides only what AWS's sentences are.
 */
export function parsePolicy(text: string, kind: PolicyKind = 'identity'): ParseOutcome {
  const lines = new LineIndex(text)
  const json = parseJson(text)
  if (!json.ok) {
    return { ok: false, findings: [syntaxFinding({ culprit: '', ...json.fault, path: '' }, kind, lines)] }
  }
  const { document, faults } = readDocument(json.node, lines)
  if (document !== undefined) return { ok: true, document }
  return { ok: false, findings: faults.map((fault) => syntaxFinding(fault, kind, lines)) }
}

interface LocatedFault {
  readonly code: string
  readonly detail: string
  readonly culprit: string
  readonly offset: number
  readonly path: string
}

function syntaxFinding(fault: LocatedFault, kind: PolicyKind, lines: LineIndex): Finding {
  const { code, detail, path } = fault
  const position = lines.positionAt(fault.offset)
  return { code, severity: 'error', message: syntaxSentence(fault, kind, position), detail, ...position, path }
}
