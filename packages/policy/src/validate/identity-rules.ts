/**
 * Rules for policies of users and groups. Sentences and order are those that CreatePolicy and PutUserPolicy were observed to
 * answer with; where the order of two was never seen, a comment says so.
 */
import { getOperator } from '../condition/operators.ts'
import type { OperatorName } from '../document/operator-name.ts'
import type { PolicyDocument } from '../document/policy-document.ts'
import { actionFault } from './action-format.ts'
import { failsLegacyParsing, resourceFault } from './resource-format.ts'
import { type Report, type Rule, statementsOf, type ValuePlace, valuesOf } from './rule.ts'

const LEGACY_PARSING = 'The policy failed legacy parsing'

/** CreatePolicy and CreatePolicyVersion refuse older versions; inline policies may have them, or none. */
export const requireCurrentVersion: Rule = ({ version, versionElement }, report) => {
  if (version === '2012-10-17') return
  const message = 'Policy document must be version 2012-10-17 or greater.'
  const detail = versionElement === undefined ? 'no `Version`, which means 2008-10-17' : `version \`${version}\``
  report({ code: 'OldVersion', message, detail, offset: versionElement?.offset ?? 0, path: 'Version' })
}

export const IDENTITY_RULES: readonly Rule[] = [
  effectsAreSpelt,
  conditionValuesAreWellFormed,
  resourcesPassLegacyParsing,
  // The place of these two among the others is not known.
  noPrincipals,
  sidsAreAlphanumeric,
  sidsAreUnique,
  actionsArePresent,
  resourcesAreWellFormed,
  actionsAreWellFormed,
  resourcesArePresent,
]

/** AWS's grammar takes `allow`, and its older parser then does not. */
function effectsAreSpelt(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { value, offset } = statement.effect
    if (value === 'Allow' || value === 'Deny') continue
    const detail = `\`${value}\` must be spelt \`${value.length === 5 ? 'Allow' : 'Deny'}\``
    report({ code: 'MisspeltEffect', message: LEGACY_PARSING, detail, offset, path: `${path}.Effect` })
  }
}

function conditionValuesAreWellFormed(document: PolicyDocument, report: Report): void {
  const syntax = { variables: document.version === '2012-10-17' }
  for (const { operator, operands } of operandsOf(document)) {
    const { isWellFormed } = getOperator(operator.operator)
    for (const { text, path } of operands) {
      if (isWellFormed(text.value, syntax)) continue
      const detail = `\`${text.value}\` is no operand of \`${operator.operator}\``
      report({ code: 'MalformedConditionValue', message: LEGACY_PARSING, detail, offset: text.offset, path })
    }
  }
}

interface Operands {
  readonly operator: OperatorName
  readonly operands: readonly ValuePlace[]
}

function operandsOf(document: PolicyDocument): readonly Operands[] {
  return statementsOf(document).flatMap(({ statement, path }) =>
    statement.conditions.flatMap(({ operator, text: name, keys }) => {
      if (operator === undefined) return []
      const operands = keys.flatMap(({ key, values }) =>
        values.map((text) => ({ text, path: `${path}.Condition.${name.value}.${key.value}` })),
      )
      return { operator, operands }
    }),
  )
}

/** The older parser stops at the first resource whose format is wrong: that is reported later, in its own words. */
function resourcesPassLegacyParsing(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'resource')) {
    if (resourceFault(text.value) !== undefined) return
    if (!failsLegacyParsing(text.value)) continue
    const detail = `\`${text.value}\` has too few parts for an ARN`
    report({ code: 'IncompleteArn', message: LEGACY_PARSING, detail, offset: text.offset, path })
  }
}

function noPrincipals(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.principal === undefined) continue
    const { name, offset } = statement.principal
    const message = 'Policy document should not specify a principal.'
    const detail = `\`${name}\` has no place in a policy of a user or group, who is the principal`
    report({ code: 'Principal', message, detail, offset, path: `${path}.${name}` })
  }
}

function sidsAreAlphanumeric(document: PolicyDocument, report: Report): void {
  const message =
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
  for (const { statement, path } of statementsOf(document)) {
    const { sid } = statement
    if (sid === undefined || /^[0-9A-Za-z]*$/.test(sid.value)) continue
    const detail = `\`${sid.value}\` has other characters than letters and digits`
    report({ code: 'MalformedSid', message, detail, offset: sid.offset, path: `${path}.Sid` })
  }
}

/** Empty ones may be as many as there are statements. */
function sidsAreUnique(document: PolicyDocument, report: Report): void {
  const seen = new Set<string>()
  for (const { statement, path } of statementsOf(document)) {
    const { sid } = statement
    if (sid === undefined || sid.value === '') continue
    if (seen.has(sid.value)) {
      const message = 'Statement IDs (SID) in a single policy must be unique.'
      const detail = `there is another statement \`${sid.value}\``
      report({ code: 'DuplicateSid', message, detail, offset: sid.offset, path: `${path}.Sid` })
    }
    seen.add(sid.value)
  }
}

function actionsArePresent(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if ((statement.action?.values.length ?? 0) > 0) continue
    const message = 'Policy statement must contain actions.'
    const offset = statement.action?.offset ?? statement.start
    report({ code: 'NoAction', message, detail: 'no `Action` and no `NotAction`', offset, path })
  }
}

function resourcesArePresent(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if ((statement.resource?.values.length ?? 0) > 0) continue
    const message = 'Policy statement must contain resources.'
    const offset = statement.resource?.offset ?? statement.start
    report({ code: 'NoResource', message, detail: 'no `Resource` and no `NotResource`', offset, path })
  }
}

function resourcesAreWellFormed(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'resource')) {
    const message = resourceFault(text.value)
    if (message === undefined) continue
    report({ code: 'MalformedResource', message, detail: `\`${text.value}\``, offset: text.offset, path })
  }
}

function actionsAreWellFormed(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'action')) {
    const message = actionFault(text.value)
    if (message === undefined) continue
    report({ code: 'MalformedAction', message, detail: `\`${text.value}\``, offset: text.offset, path })
  }
}
