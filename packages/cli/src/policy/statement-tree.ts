/** One statement of an explanation for a person: where it stands, whether it applies, and what is in its way. */
import type { ConditionExplanation, ElementExplanation, StatementExplanation, StatementRef } from '@iamd/policy'

import { reasonOf } from '../failure.ts'
import type { SimulatedRequest } from './simulation.ts'
import { leaf, type Tree } from './tree.ts'

/** The statement, with a line below for each thing in its way. */
export function statementTree(explained: StatementExplanation, request: SimulatedRequest): Tree {
  const { statement, applies } = explained
  const state = applies ? 'applies' : 'does not apply'
  return { text: `${titleOf(statement)}: ${state}`, below: applies ? [] : obstacles(explained, request).map(leaf) }
}

/** Effect, Sid and place of a statement; without a Sid its path in the document. */
export function titleOf(statement: StatementRef): string {
  const { effect, sid, index } = statement
  const name = sid ?? `Statement[${index}]`
  return `${effect} ${quoted(name)} (${placeOf(statement)})`
}

function placeOf(statement: StatementRef): string {
  const { policy, start } = statement
  return hasLines(statement) ? `${policy.name}:${start.line}:${start.column}` : policy.name
}

/** What `compileSources` made of a policy that stands inside another file has lines that are nobody's. */
export function hasLines({ policy }: StatementRef): boolean {
  return policy.name === policy.attachedTo
}

function obstacles(explained: StatementExplanation, request: SimulatedRequest): string[] {
  const { failed, action, principal, resource, conditions, failure } = explained
  return failed.flatMap((what) => {
    switch (what) {
      case 'action':
        return [elementObstacle(action, 'Action', request.action)]
      case 'resource':
        return [resource === undefined ? 'it has no Resource' : elementObstacle(resource, 'Resource', request.resource)]
      case 'principal':
        return [principalObstacle(principal)]
      case 'condition':
        return conditions.filter(({ holds }) => !holds).map(conditionObstacle)
      case 'failure':
        return [`it could not be evaluated: ${reasonOf(failure)}`]
      default:
        return what satisfies never
    }
  })
}

function elementObstacle({ isComplement, patterns }: ElementExplanation, name: string, asked: string): string {
  const texts = listed(patterns.map(shownText))
  if (isComplement) return `Not${name} names \`${asked}\`: ${texts}`
  return patterns.length === 1
    ? `${name} ${texts} does not match \`${asked}\``
    : `no ${name} of ${texts} matches \`${asked}\``
}

function principalObstacle(principal: StatementExplanation['principal']): string {
  if (principal === undefined) return 'it names no Principal'
  return principal.isComplement ? 'NotPrincipal names the caller' : 'Principal does not name the caller'
}

function conditionObstacle({ operator, key, operands, value }: ConditionExplanation): string {
  // Of a negated operator the values are those that it does not want.
  const wants = operator.includes('Not') ? 'wants other than' : 'wants'
  const given =
    value === undefined ? `the request has no \`${key}\`` : `the request has ${listed([value].flat().map(quoted))}`
  return `${operator} \`${key}\` ${wants} ${listed(operands.map(shownText))}; ${given}`
}

function shownText({ text, resolved }: { readonly text: string; readonly resolved: string | undefined }): string {
  if (resolved === text) return quoted(text)
  return resolved === undefined
    ? `${quoted(text)} (of which a variable has no value)`
    : `${quoted(text)} (here ${quoted(resolved)})`
}

const shownMax = 5

function listed(texts: readonly string[]): string {
  if (texts.length === 0) return 'nothing'
  const more = texts.length - shownMax
  return texts.slice(0, shownMax).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function quoted(text: string): string {
  return `\`${text}\``
}
