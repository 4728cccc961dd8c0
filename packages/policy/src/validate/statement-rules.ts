/** Rules for what a statement holds, for policies whose principals are not in them. */
import type { PolicyDocument } from '../document/policy-document.ts'
import { type Report, statementsOf } from './rule.ts'

/** Whom such a policy is about follows from what it is attached to. */
export function noPrincipals(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.principal === undefined) continue
    const { name, offset } = statement.principal
    const message = 'Policy document should not specify a principal.'
    const detail = `\`${name}\` has no place in a policy that is attached to whom it is about`
    report({ code: 'Principal', message, detail, offset, path: `${path}.${name}` })
  }
}

/** IAM User Guide, "Sid": letters and digits only, in policies of IAM. */
export function sidsAreAlphanumeric(document: PolicyDocument, report: Report): void {
  const message =
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
  for (const { statement, path } of statementsOf(document)) {
    const { sid } = statement
    if (sid === undefined || /^[0-9A-Za-z]*$/.test(sid.value)) continue
    const detail = `\`${sid.value}\` has other characters than letters and digits`
    report({ code: 'MalformedSid', message, detail, offset: sid.offset, path: `${path}.Sid` })
  }
}

/** IAM User Guide, "Sid": unique within a policy. */
export function sidsAreUnique(document: PolicyDocument, report: Report): void {
  reportRepeatedSids(document, report, 'Statement IDs (SID) in a single policy must be unique.')
}

/** Empty ones may be as many as there are statements. */
export function reportRepeatedSids(document: PolicyDocument, report: Report, message: string): void {
  const seen = new Set<string>()
  for (const { statement, path } of statementsOf(document)) {
    const { sid } = statement
    if (sid === undefined || sid.value === '') continue
    if (seen.has(sid.value)) {
      const detail = `there is another statement \`${sid.value}\``
      report({ code: 'DuplicateSid', message, detail, offset: sid.offset, path: `${path}.Sid` })
    }
    seen.add(sid.value)
  }
}

/** A statement needs Action or NotAction, with a value. */
export function actionsArePresent(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if ((statement.action?.values.length ?? 0) > 0) continue
    const message = 'Policy statement must contain actions.'
    const offset = statement.action?.offset ?? statement.start
    report({ code: 'NoAction', message, detail: 'no `Action` and no `NotAction`', offset, path })
  }
}

/** A statement needs Resource or NotResource, with a value. */
export function resourcesArePresent(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if ((statement.resource?.values.length ?? 0) > 0) continue
    const message = 'Policy statement must contain resources.'
    const offset = statement.resource?.offset ?? statement.start
    report({ code: 'NoResource', message, detail: 'no `Resource` and no `NotResource`', offset, path })
  }
}
