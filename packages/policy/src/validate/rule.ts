import type { PolicyDocument, PolicyText, Statement } from '../document/policy-document.ts'
import type { Finding } from '../finding.ts'

/** One thing that must be so. Rules of a kind of policy run in the order in which AWS checks, for it reports one error only. */
export type Rule = (document: PolicyDocument, report: Report) => void

/** What a rule has to say. */
export interface Remark {
  readonly code: string
  /** AWS's sentence; for a warning, ours. */
  readonly message: string
  readonly detail: string
  readonly offset: number
  readonly path: string
}

export type Report = (remark: Remark) => void

export interface StatementPlace {
  readonly statement: Statement
  /** `Statement[0]`, whether or not the text has a list there. */
  readonly path: string
}

export function statementsOf({ statements }: PolicyDocument): readonly StatementPlace[] {
  return statements.map((statement, index) => ({ statement, path: `Statement[${index}]` }))
}

export interface ValuePlace {
  readonly text: PolicyText
  readonly path: string
}

/** Values of an element and of its complement, of which a statement has one at most. */
export function valuesOf(document: PolicyDocument, element: 'action' | 'resource'): readonly ValuePlace[] {
  return statementsOf(document).flatMap(({ statement, path }) => {
    const list = statement[element]
    return list?.values.map((text, index) => ({ text, path: `${path}.${list.name}[${index}]` })) ?? []
  })
}

/** The same rules with other sentences. */
export function reworded(rules: readonly Rule[], reword: (message: string) => string): readonly Rule[] {
  return rules.map((rule): Rule => (document, report) => {
    rule(document, (remark) => {
      report({ ...remark, message: reword(remark.message) })
    })
  })
}

/** Findings of rules, in their order. */
export function runRules(
  document: PolicyDocument,
  { rules, severity }: { readonly rules: readonly Rule[]; readonly severity: Finding['severity'] },
): readonly Finding[] {
  const findings: Finding[] = []
  for (const rule of rules) {
    rule(document, ({ code, message, detail, offset, path }) => {
      const { line, column } = document.lines.positionAt(offset)
      findings.push({ code, severity, message, detail, line, column, path })
    })
  }
  return findings
}
