/** Advice on what a policy lets through: complements, roles that may be passed, everyone, services that act for anyone. */
import { lowerCaseAscii } from '../../ascii.ts'
import type { PolicyDocument, PrincipalElement, Statement } from '../../document/policy-document.ts'
import { type Report, statementsOf } from '../rule.ts'
import { advice, namedKeys } from './places.ts'

/** IAM User Guide, "NotAction": with Allow it grants what is not named, and what AWS adds later. */
export function allowsWithComplement(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.effect.value !== 'Allow') continue
    for (const element of [statement.action, statement.resource]) {
      if (element?.isComplement !== true) continue
      const others = element === statement.action ? 'action, of every service' : 'resource'
      const message = `\`Allow\` with \`${element.name}\` allows every other ${others}, those to come too`
      const text = { value: element.name, offset: element.offset }
      report(advice(`AllowWith${element.name}`, message, { text, path: `${path}.${element.name}` }))
    }
  }
}

/** Whoever passes any role to a service of their choice has what the mightiest role has. */
export function passRoleToEverything(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { effect, action, resource } = statement
    if (effect.value !== 'Allow' || action === undefined || action.isComplement || resource === undefined) continue
    const open = resource.values.find(({ value }) => value === '*')
    if (resource.isComplement || open === undefined || namedKeys(statement).has('iam:passedtoservice')) continue
    const passing = action.values.find(({ value }) => PASS_ROLE.has(lowerCaseAscii(value)))
    if (passing === undefined) continue
    const message = `\`${passing.value}\` on \`*\` passes any role to any service: name the roles, or add \`iam:PassedToService\``
    report(advice('PassRoleToEverything', message, { text: open, path: `${path}.${resource.name}` }))
  }
}

/** A policy that allows everything of every service is meant to. */
const PASS_ROLE: ReadonlySet<string> = new Set(['iam:passrole', 'iam:pass*', 'iam:*'])

/** Everyone with an AWS account, or everyone at all. */
export function trustOfEveryone(document: PolicyDocument, report: Report): void {
  for (const { principal, path } of unconditionalGrants(document)) {
    const everyone = principal.principals.find(({ type, value }) => {
      return value.value === '*' && (type === '*' || type === 'AWS')
    })
    if (everyone === undefined) continue
    const message = 'allows everyone, and no condition says whom: anyone can use this'
    report(advice('AllowsEveryone', message, { text: everyone.value, path: `${path}.Principal` }))
  }
}

/**
 * A service acts for all of its customers. What it asks on whose behalf is in these keys (IAM User Guide, "The confused deputy
 * problem").
 */
export function servicesNeedSource(document: PolicyDocument, report: Report): void {
  for (const { statement, principal, path } of grants(document)) {
    const keys = namedKeys(statement)
    if (SOURCES.some((key) => keys.has(key))) continue
    for (const { type, value } of principal.principals) {
      if (type !== 'Service') continue
      const message = `\`${value.value}\` may ask on behalf of any customer: add \`aws:SourceArn\` or \`aws:SourceAccount\``
      report(advice('ServiceWithoutSource', message, { text: value, path: `${path}.Principal.Service` }))
    }
  }
}

const SOURCES = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceowner', 'aws:sourceorgid', 'aws:sourceorgpaths']

/**
 * A Deny spares a principal only if NotPrincipal has every name of it: its account too, and of a session its role (IAM User
 * Guide, "NotPrincipal with Deny").
 */
export function sparedPrincipalsNeedAllNames(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    const { effect, principal } = statement
    if (effect.value !== 'Deny' || principal?.isComplement !== true) continue
    const names = principal.principals.map(({ value }) => value.value)
    const listed = new Set([...names, ...names.map(withoutPath)])
    for (const { type, value } of principal.principals) {
      const missing = type === 'AWS' ? missingName(value.value, listed) : undefined
      if (missing === undefined) continue
      const message = `denied all the same: \`NotPrincipal\` does not list \`${missing}\`, which is a name of it too`
      report(advice('SparedInPart', message, { text: value, path: `${path}.NotPrincipal.AWS` }))
    }
  }
}

function missingName(arn: string, listed: ReadonlySet<string>): string | undefined {
  const [, partition = '', service, , account = '', name = ''] = arn.split(':')
  const root = `arn:${partition}:iam::${account}:root`
  if (account === '' || arn === root) return undefined
  if (!listed.has(account) && !listed.has(root)) return root
  const [kind, role = ''] = name.split('/')
  if (service !== 'sts' || kind !== 'assumed-role') return undefined
  const roleArn = `arn:${partition}:iam::${account}:role/${role}`
  return listed.has(roleArn) ? undefined : roleArn
}

/** The ARN of a session has not the path of its role. */
function withoutPath(arn: string): string {
  return arn.replace(/:role\/.*\//, ':role/')
}

interface Grant {
  readonly statement: Statement
  readonly principal: PrincipalElement
  readonly path: string
}

function grants(document: PolicyDocument): readonly Grant[] {
  return statementsOf(document).flatMap(({ statement, path }) => {
    const { effect, principal } = statement
    if (effect.value !== 'Allow' || principal === undefined || principal.isComplement) return []
    return { statement, principal, path }
  })
}

function unconditionalGrants(document: PolicyDocument): readonly Grant[] {
  return grants(document).filter(({ statement }) => namedKeys(statement).size === 0)
}
