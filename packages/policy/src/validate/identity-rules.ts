/**
 * Rules for policies of users, groups and roles, and for those of sessions. Sentences and order are those that CreatePolicy
 * and PutUserPolicy were observed to answer with; where the order of two was never seen, a comment says so.
 */
import { getOperator } from '../condition/operators.ts'
import type { OperatorName } from '../document/operator-name.ts'
import type { PolicyDocument } from '../document/policy-document.ts'
import { actionFault } from './action-format.ts'
import { failsLegacyParsing, resourceFault } from './resource-format.ts'
import { type Report, type Rule, statementsOf, type ValuePlace, valuesOf } from './rule.ts'
import {
  actionsArePresent,
  noPrincipals,
  resourcesArePresent,
  sidsAreAlphanumeric,
  sidsAreUnique,
} from './statement-rules.ts'

const LEGACY_PARSING = 'The policy failed legacy parsing'

/** CreatePolicy and CreatePolicyVersion refuse older versions; inline policies may have them, or none. */
export const requireCurrentVersion: Rule = ({ version, versionElement }, report) => {
  if (version === '2012-10-17') return
  const message = 'Policy document must be version 2012-10-17 or greater.'
  const detail = versionElement === undefined ? 'no `Version`, which means 2008-10-17' : `version \`${version}\``
  report({ code: 'OldVersion', message, detail, offset: versionElement?.offset ?? 0, path: 'Version' })
}

/** Rules for what follows the operands of conditions. */
const STATEMENT_RULES: readonly Rule[] = [
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

export const IDENTITY_RULES: readonly Rule[] = [
  effectsAreSpelt,
  conditionValuesAreWellFormed(() => true),
  ...STATEMENT_RULES,
]

/** Observed: STS takes malformed numbers, dates, addresses and ARNs, which then match nothing, and refuses malformed bytes. */
export const SESSION_RULES: readonly Rule[] = [
  effectsAreSpelt,
  conditionValuesAreWellFormed(({ operator }) => operator === 'BinaryEquals'),
  ...STATEMENT_RULES,
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

function conditionValuesAreWellFormed(isChecked: (name: OperatorName) => boolean): Rule {
  return (document, report) => {
    const syntax = { variables: document.version === '2012-10-17' }
    for (const { operator, operands } of operandsOf(document)) {
      if (!isChecked(operator)) continue
      const { isWellFormed } = getOperator(operator.operator)
      for (const { text, path } of operands) {
        if (isWellFormed(text.value, syntax)) continue
        const detail = `\`${text.value}\` is no operand of \`${operator.operator}\``
        report({ code: 'MalformedConditionValue', message: LEGACY_PARSING, detail, offset: text.offset, path })
      }
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

function resourcesAreWellFormed(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'resource')) {
    const message = resourceFault(text.value)
    if (message === undefined) continue
    const detail = `\`${text.value}\` is neither \`*\` nor a complete ARN`
    report({ code: 'MalformedResource', message, detail, offset: text.offset, path })
  }
}

function actionsAreWellFormed(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'action')) {
    const message = actionFault(text.value)
    if (message === undefined) continue
    const detail = `\`${text.value}\` is neither \`*\` nor \`service:Name\``
    report({ code: 'MalformedAction', message, detail, offset: text.offset, path })
  }
}
