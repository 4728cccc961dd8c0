/**
 * Rules for policies that name their principals: of resources, and what trust policies share with them. Sentences are those
 * recorded with PutBucketPolicy, PutResourcePolicy of DynamoDB and CreateRole. In which order AWS finds what it refuses is not
 * known beyond that its parser ends before names are looked at.
 */
import type { PolicyDocument, Statement } from '../document/policy-document.ts'
import { syntaxErrorAt } from '../document/syntax-sentence.ts'
import { actionFault } from './action-format.ts'
import { isPrincipal, PRINCIPAL_TYPES } from './principal-format.ts'
import { failsLegacyParsing, resourceFault } from './resource-format.ts'
import { type Report, type Rule, statementsOf, valuesOf } from './rule.ts'
import { reportRepeatedSids } from './statement-rules.ts'

export const RESOURCE_RULES: readonly Rule[] = [
  effectsAreExact,
  elementsArePresent(['principal', 'action', 'resource']),
  principalTypesExist,
  sidsDiffer,
  noAllowForOthers,
  principalsAreWellFormed,
  actionsAreValid,
  resourcesAreValid,
]

/** The parser of policies with principals takes no other spelling. Recorded with PutBucketPolicy. */
export function effectsAreExact(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { value, offset } = statement.effect
    if (value === 'Allow' || value === 'Deny') continue
    const detail = `\`${value}\` must be spelt \`${value.length === 5 ? 'Allow' : 'Deny'}\``
    report({ code: 'MisspeltEffect', message: `Invalid effect: ${value}`, detail, offset, path: `${path}.Effect` })
  }
}

type Element = 'principal' | 'action' | 'resource'

const ELEMENT_NAMES: Readonly<Record<Element, string>> = {
  principal: 'Principal',
  action: 'Action',
  resource: 'Resource',
}

/** Each element, or its complement, must be in each statement and hold something. */
export function elementsArePresent(elements: readonly Element[]): Rule {
  return (document, report) => {
    for (const { statement, path } of statementsOf(document)) {
      for (const element of elements) {
        const name = ELEMENT_NAMES[element]
        const found = statement[element]
        if (found !== undefined && !isEmpty(statement, element)) continue
        const missing = found === undefined ? name : `${name} cannot be empty!`
        const detail = found === undefined ? `no \`${name}\` and no \`Not${name}\`` : `\`${found.name}\` is empty`
        const message = `Missing required field ${missing}`
        report({ code: `No${name}`, message, detail, offset: found?.offset ?? statement.start, path })
      }
    }
  }
}

function isEmpty({ principal, ...lists }: Statement, element: Element): boolean {
  if (element === 'principal') return principal?.types.length === 0
  return lists[element]?.values.length === 0
}

/** CreateRole was recorded to answer so to `{"service": ...}`. */
export function principalTypesExist(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    for (const { type, value } of statement.principal?.principals ?? []) {
      if (PRINCIPAL_TYPES.has(type)) continue
      const message = syntaxErrorAt(document.lines.positionAt(value.offset))
      const detail = `there is no type \`${type}\` of principals`
      const place = `${path}.${statement.principal?.name ?? ''}.${type}`
      report({ code: 'UnknownPrincipalType', message, detail, offset: value.offset, path: place })
    }
  }
}

/** Recorded with PutResourcePolicy. */
export function sidsDiffer(document: PolicyDocument, report: Report): void {
  reportRepeatedSids(document, report, 'The Statement Ids in the policy are not unique')
}

/** AWS refuses it: it would allow everyone else, anonymous callers among them. */
export function noAllowForOthers(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { effect, principal } = statement
    if (effect.value !== 'Allow' || principal?.isComplement !== true) continue
    const message = 'Allow with NotPrincipal is not allowed.'
    const detail = '`NotPrincipal` goes with `Deny` only'
    report({ code: 'AllowWithNotPrincipal', message, detail, offset: principal.offset, path: `${path}.NotPrincipal` })
  }
}

function principalsAreWellFormed(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { principal } = statement
    if (principal === undefined) continue
    const message = 'Invalid principal in policy'
    const place = `${path}.${principal.name}`
    if (principal.types.length > 0 && principal.principals.length === 0) {
      const detail = `\`${principal.name}\` has types and no names`
      report({ code: 'MalformedPrincipal', message, detail, offset: principal.offset, path: place })
    }
    for (const { type, value } of principal.principals) {
      // A service is anyone's, so all of them may be meant; elsewhere a wildcard is refused.
      if (isPrincipal(type, value.value) || (type === 'Service' && value.value === '*')) continue
      const detail = `\`${value.value}\` is no principal of the type \`${type}\``
      report({ code: 'MalformedPrincipal', message, detail, offset: value.offset, path: `${place}.${type}` })
    }
  }
}

function actionsAreValid(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'action')) {
    if (actionFault(text.value) === undefined) continue
    const detail = `\`${text.value}\` is neither \`*\` nor \`service:Name\``
    report({ code: 'MalformedAction', message: 'Policy has invalid action', detail, offset: text.offset, path })
  }
}

function resourcesAreValid(document: PolicyDocument, report: Report): void {
  for (const { text, path } of valuesOf(document, 'resource')) {
    if (resourceFault(text.value) === undefined && !failsLegacyParsing(text.value)) continue
    const detail = `\`${text.value}\` is neither \`*\` nor a complete ARN`
    report({ code: 'MalformedResource', message: 'Policy has invalid resource', detail, offset: text.offset, path })
  }
}
