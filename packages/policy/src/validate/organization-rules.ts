/**
 * Rules for policies of AWS Organizations. It has one sentence for whatever is wrong, so what matters is only whether a policy
 * is refused. Older versions and none are stored, whatever the page says. Observed with CreatePolicy.
 */
import { lowerCaseAscii } from '../ascii.ts'
import type { PolicyDocument } from '../document/policy-document.ts'
import { ORGANIZATIONS_SENTENCE } from '../document/syntax-sentence.ts'
import { RESOURCE_CONTROL_SERVICES } from '../generated/resource-control-services.ts'
import { IDENTITY_RULES } from './identity-rules.ts'
import { RESOURCE_RULES } from './resource-rules.ts'
import { type Report, type Rule, reworded, statementsOf, valuesOf } from './rule.ts'

/** The whole language of identity policies, both effects (Organizations User Guide, "SCP syntax", since September 2025). */
export const SERVICE_CONTROL_RULES: readonly Rule[] = reworded(IDENTITY_RULES, () => ORGANIZATIONS_SENTENCE)

/** Organizations User Guide, "RCP syntax", and what CreatePolicy was observed to refuse. */
export const RESOURCE_CONTROL_RULES: readonly Rule[] = reworded(
  [...RESOURCE_RULES, denyOnly, everyPrincipal, actionsOfSupportedServices],
  () => ORGANIZATIONS_SENTENCE,
)

/** Only AWS's own RCPFullAWSAccess allows. */
function denyOnly(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { value, offset } = statement.effect
    if (value !== 'Allow') continue
    const detail = 'a resource control policy can only `Deny`'
    report({ code: 'AllowInResourceControl', message: ORGANIZATIONS_SENTENCE, detail, offset, path: `${path}.Effect` })
  }
}

/** `"*"` or `{"AWS": "*"}`; who is meant is for conditions to say. */
function everyPrincipal(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { principal } = statement
    if (principal === undefined) continue
    const [first, ...others] = principal.principals
    const isEveryone = first?.value.value === '*' && (first.type === '*' || first.type === 'AWS')
    if (!principal.isComplement && isEveryone && others.length === 0) continue
    const detail = `\`Principal\` must be \`"*"\``
    const place = `${path}.${principal.name}`
    report({ code: 'NamedPrincipal', message: ORGANIZATIONS_SENTENCE, detail, offset: principal.offset, path: place })
  }
}

function actionsOfSupportedServices(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.action?.isComplement !== true) continue
    const { offset } = statement.action
    const detail = '`NotAction` has no place in a resource control policy'
    report({ code: 'NotAction', message: ORGANIZATIONS_SENTENCE, detail, offset, path: `${path}.NotAction` })
  }
  for (const { text, path } of valuesOf(document, 'action')) {
    const [service = ''] = lowerCaseAscii(text.value).split(':')
    if (SERVICES.has(service)) continue
    const detail = `\`${text.value}\` is of no service that supports resource control policies`
    report({ code: 'UnsupportedService', message: ORGANIZATIONS_SENTENCE, detail, offset: text.offset, path })
  }
}

const SERVICES: ReadonlySet<string> = new Set(RESOURCE_CONTROL_SERVICES)
