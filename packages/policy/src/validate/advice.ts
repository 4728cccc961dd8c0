/** Warnings: what AWS stores and what is likely not what its author meant. The sentences are ours. */
import { lowerCaseAscii } from '../ascii.ts'
import { getOperator } from '../condition/operators.ts'
import { isMultivaluedKey } from '../context/multivalued.ts'
import type { ConditionBlock, PolicyDocument, PolicyText, Statement } from '../document/policy-document.ts'
import { fifthColon } from '../match/arn-parts.ts'
import { parseTemplate } from '../match/template.ts'
import { type Remark, type Report, type Rule, statementsOf, valuesOf } from './rule.ts'

export const ADVICE: readonly Rule[] = [
  variablesNeedVersion,
  variablesAreWellFormed,
  unknownOperators,
  multivaluedKeysNeedQualifier,
  forAllValuesHoldsForNothing,
  ifExistsInAllow,
  allowsWithComplement,
]

interface TemplatePlace {
  readonly text: PolicyText
  readonly path: string
  /** Offset in the text from which variables count. */
  readonly from: number
}

/** Texts in which variables may stand. */
function templatesOf(document: PolicyDocument): readonly TemplatePlace[] {
  const resources = valuesOf(document, 'resource').map(({ text, path }) => {
    return { text, path, from: fifthColon(text.value) + 1 || text.value.length }
  })
  const operands = conditionsOf(document).flatMap(({ block, path }) => {
    const takes = block.operator !== undefined && getOperator(block.operator.operator).takesVariables
    const keys = takes ? block.keys : []
    return keys.flatMap(({ key, values }) => values.map((text) => ({ text, path: `${path}.${key.value}`, from: 0 })))
  })
  return [...resources, ...operands]
}

interface ConditionPlace {
  readonly statement: Statement
  readonly block: ConditionBlock
  readonly path: string
}

function conditionsOf(document: PolicyDocument): readonly ConditionPlace[] {
  return statementsOf(document).flatMap(({ statement, path }) =>
    statement.conditions.map((block) => ({ statement, block, path: `${path}.Condition.${block.text.value}` })),
  )
}

function variablesNeedVersion(document: PolicyDocument, report: Report): void {
  if (document.version === '2012-10-17') return
  for (const { text, path } of templatesOf(document)) {
    if (!text.value.includes('${')) continue
    report(
      advice('VariableInOldVersion', 'policy variables need `"Version": "2012-10-17"`; here they are text', {
        text,
        path,
      }),
    )
  }
}

function variablesAreWellFormed(document: PolicyDocument, report: Report): void {
  if (document.version !== '2012-10-17') return
  for (const { text, path, from } of templatesOf(document)) {
    if (text.value.slice(0, from).includes('${')) {
      report(advice('MisplacedVariable', 'a variable before the fifth colon of an ARN is text', { text, path }))
    }
    const parts = parseTemplate(text.value.slice(from), { wildcards: true, variables: true })
    const isNeverKnown = parts.some(
      (part) => part.kind === 'unresolvable' || (part.kind === 'text' && part.text.includes('${')),
    )
    if (isNeverKnown) report(advice('MalformedVariable', 'a variable here never has a value', { text, path }))
  }
}

function unknownOperators(document: PolicyDocument, report: Report): void {
  for (const { block, path } of conditionsOf(document)) {
    if (block.operator !== undefined) continue
    const message = `there is no condition operator \`${block.text.value}\`; without keys it has no effect`
    report(advice('UnknownOperator', message, { text: block.text, path }))
  }
}

function multivaluedKeysNeedQualifier(document: PolicyDocument, report: Report): void {
  for (const { block, path } of conditionsOf(document)) {
    if (block.operator?.qualifier !== undefined || block.operator?.operator === 'Null') continue
    for (const { key } of block.keys) {
      if (!isMultivaluedKey(lowerCaseAscii(key.value))) continue
      const message = `\`${key.value}\` has many values: without \`ForAllValues:\` or \`ForAnyValue:\` this never matches`
      report(advice('MissingQualifier', message, { text: key, path: `${path}.${key.value}` }))
    }
  }
}

/** IAM User Guide: with Allow, "include a Null condition operator with a false value to check that the key exists". */
function forAllValuesHoldsForNothing(document: PolicyDocument, report: Report): void {
  for (const { statement, block, path } of conditionsOf(document)) {
    if (statement.effect.value !== 'Allow' || block.operator?.qualifier !== 'ForAllValues') continue
    for (const { key } of block.keys) {
      if (isRequired(statement, key.value)) continue
      const message = `holds too when \`${key.value}\` is absent or empty: add \`"Null": {"${key.value}": "false"}\``
      report(advice('ForAllValuesWithoutNull', message, { text: key, path: `${path}.${key.value}` }))
    }
  }
}

function isRequired({ conditions }: Statement, key: string): boolean {
  return conditions.some(
    ({ operator, keys }) =>
      operator?.operator === 'Null' &&
      keys.some((other) => {
        const isSame = lowerCaseAscii(other.key.value) === lowerCaseAscii(key)
        return isSame && other.values.every(({ value }) => lowerCaseAscii(value) === 'false')
      }),
  )
}

function ifExistsInAllow(document: PolicyDocument, report: Report): void {
  for (const { statement, block, path } of conditionsOf(document)) {
    if (statement.effect.value !== 'Allow' || block.operator?.ifExists !== true) continue
    const message = `\`${block.text.value}\` allows every request that has not the key`
    report(advice('IfExistsInAllow', message, { text: block.text, path }))
  }
}

function allowsWithComplement(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.effect.value !== 'Allow') continue
    for (const element of [statement.action, statement.resource]) {
      if (element?.isComplement !== true) continue
      const message = `\`Allow\` with \`${element.name}\` allows everything else, in all services`
      const text = { value: element.name, offset: element.offset }
      report(advice(`AllowWith${element.name}`, message, { text, path: `${path}.${element.name}` }))
    }
  }
}

function advice(
  code: string,
  message: string,
  { text, path }: { readonly text: PolicyText; readonly path: string },
): Remark {
  return { code, message, detail: message, offset: text.offset, path }
}
