/** Advice on conditions that hold when they should not, or never hold: the pitfalls of keys, operators and their values. */
import { lowerCaseAscii } from '../../ascii.ts'
import { getOperator } from '../../condition/operators.ts'
import { isMultivaluedKey } from '../../context/multivalued.ts'
import type { ConditionOperator } from '../../document/operator-name.ts'
import type { PolicyDocument, Statement } from '../../document/policy-document.ts'
import { GLOBAL_KEYS } from '../../generated/global-keys.ts'
import type { Report } from '../rule.ts'
import { advice, blocksOf, keysOf } from './places.ts'

/** AWS refuses an operator that does not exist only when it has keys (observed with CreatePolicy). */
export function unknownOperators(document: PolicyDocument, report: Report): void {
  for (const { block, path } of blocksOf(document)) {
    if (block.operator !== undefined) continue
    const message = `there is no condition operator \`${block.text.value}\`; without keys it has no effect`
    report(advice('UnknownOperator', message, { text: block.text, path }))
  }
}

/** An operator without keys asks for nothing, and no value is among none. */
export function keysNeedValues(document: PolicyDocument, report: Report): void {
  for (const { block, path } of blocksOf(document)) {
    if (block.operator === undefined || block.keys.length > 0) continue
    report(advice('EmptyCondition', `\`${block.text.value}\` asks for nothing`, { text: block.text, path }))
  }
  for (const { condition, path } of keysOf(document)) {
    if (condition.values.length > 0) continue
    report(advice('EmptyCondition', `\`${condition.key.value}\` has no values`, { text: condition.key, path }))
  }
}

/** Of keys that a policy may ask for; the last one is in policies of AWS's own and on no page. */
const TYPES: ReadonlyMap<string, string> = new Map([...GLOBAL_KEYS, ['aws:principalorgmasteraccountid', 'String']])
const TAGS: readonly string[] = GLOBAL_KEYS.map(([key]) => key).filter((key) => key.endsWith('/'))

/** A misspelt key is never in a request: a condition on it fails, and a negated one holds. */
export function globalKeysExist(document: PolicyDocument, report: Report): void {
  for (const { condition, key, path } of keysOf(document)) {
    if (!key.startsWith('aws:') || TYPES.has(key) || TAGS.some((tag) => key.startsWith(tag))) continue
    const message = `there is no global condition key \`${condition.key.value}\``
    report(advice('UnknownGlobalKey', message, { text: condition.key, path }))
  }
}

/** Texts and ARNs may be compared by many operators; values of these types as what they are only. */
const FITTING: ReadonlyMap<string, readonly string[]> = new Map([
  ['IPAddress', ['IpAddress', 'NotIpAddress']],
  ['Bool', ['Bool']],
  // An operator of either type takes a count of seconds.
  ['Numeric', ['Numeric', 'Date']],
  ['Date', ['Date', 'Numeric']],
])

/** Access Analyzer: "Type mismatch". */
export function operatorsFitKeys(document: PolicyDocument, report: Report): void {
  for (const { block, condition, key, path } of keysOf(document)) {
    const name = block.operator?.operator
    const fitting = FITTING.get(TYPES.get(key) ?? '')
    if (name === undefined || name === 'Null' || fitting === undefined) continue
    if (fitting.some((start) => name.startsWith(start))) continue
    const message = `\`${name}\` compares \`${condition.key.value}\` as what it is not: use \`${fitting[0] ?? ''}\``
    report(advice('UnfittingOperator', message, { text: condition.key, path }))
  }
}

/** A key of many values matches no operator without a qualifier, even when it has one value. */
export function multivaluedKeysNeedQualifier(document: PolicyDocument, report: Report): void {
  for (const { block, condition, key, path } of keysOf(document)) {
    if (block.operator?.qualifier !== undefined || block.operator?.operator === 'Null') continue
    if (!isMultivaluedKey(key)) continue
    const name = condition.key.value
    const message = `\`${name}\` has many values: without \`ForAllValues:\` or \`ForAnyValue:\` this never matches`
    report(advice('MissingQualifier', message, { text: condition.key, path }))
  }
}

/** IAM User Guide: with Allow, "include a Null condition operator with a false value to check that the key exists". */
export function forAllValuesHoldsForNothing(document: PolicyDocument, report: Report): void {
  const required = new Map<Statement, ReadonlySet<string>>()
  for (const { statement, block, condition, key, path } of keysOf(document)) {
    if (statement.effect.value !== 'Allow' || block.operator?.qualifier !== 'ForAllValues') continue
    const known = required.get(statement) ?? requiredKeys(statement)
    required.set(statement, known)
    if (known.has(key)) continue
    const name = condition.key.value
    const message = `holds too when \`${name}\` is absent or empty: add \`"Null": {"${name}": "false"}\``
    report(advice('ForAllValuesWithoutNull', message, { text: condition.key, path }))
  }
}

/** Keys without which the statement does not apply, as far as `Null` says so. */
function requiredKeys({ conditions }: Statement): ReadonlySet<string> {
  const presence = conditions.filter(({ operator }) => operator?.operator === 'Null')
  const demanded = presence.flatMap(({ keys }) =>
    keys.filter(({ values }) => values.every(({ value }) => lowerCaseAscii(value) === 'false')),
  )
  return new Set(demanded.map(({ key }) => lowerCaseAscii(key.value)))
}

/** IAM User Guide, "IfExists": the condition holds when the key is absent. */
export function ifExistsInAllow(document: PolicyDocument, report: Report): void {
  for (const { statement, block, path } of blocksOf(document)) {
    if (statement.effect.value !== 'Allow' || block.operator?.ifExists !== true) continue
    const message = `\`${block.text.value}\` allows every request that has not the key`
    report(advice('IfExistsInAllow', message, { text: block.text, path }))
  }
}

/** IAM User Guide, "aws:MultiFactorAuthPresent": the key is not in requests that long-term credentials sign. */
export function mfaNeedsIfExists(document: PolicyDocument, report: Report): void {
  for (const { statement, block, condition, key, path } of keysOf(document)) {
    if (statement.effect.value !== 'Deny' || key !== 'aws:multifactorauthpresent') continue
    if (block.operator?.operator !== 'Bool' || block.operator.ifExists) continue
    if (!condition.values.some(({ value }) => lowerCaseAscii(value) === 'false')) continue
    const message = 'does not deny requests signed with an access key, which have no such key: use `BoolIfExists`'
    report(advice('MfaWithoutIfExists', message, { text: condition.key, path }))
  }
}

/** Where AWS stores them, malformed operands match nothing; identity policies with one are refused. */
export function operandsAreWellFormed(document: PolicyDocument, report: Report): void {
  const syntax = { variables: document.version === '2012-10-17' }
  for (const { block, condition, path } of keysOf(document)) {
    if (block.operator === undefined) continue
    const { name, isWellFormed } = getOperator(block.operator.operator)
    for (const text of condition.values) {
      if (isWellFormed(text.value, syntax)) continue
      report(
        advice('MalformedOperand', `\`${text.value}\` is no operand of \`${name}\`: nothing matches it`, {
          text,
          path,
        }),
      )
    }
  }
}

const EQUALITIES: ReadonlySet<ConditionOperator> = new Set<ConditionOperator>([
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
])

/** Only StringLike, StringNotLike and the ARN operators have wildcards. */
export function equalsWithWildcard(document: PolicyDocument, report: Report): void {
  for (const { block, condition, path } of keysOf(document)) {
    if (block.operator === undefined || !EQUALITIES.has(block.operator.operator)) continue
    for (const text of condition.values) {
      if (!text.value.replaceAll('${*}', '').includes('*')) continue
      const name = block.operator.operator
      const message = `\`*\` means itself to \`${name}\`: \`StringLike\` and \`StringNotLike\` have wildcards`
      report(advice('WildcardInEquals', message, { text, path }))
    }
  }
}
