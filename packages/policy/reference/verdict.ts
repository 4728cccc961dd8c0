import { foldCase } from './context.ts'
import type { Context } from './context.ts'
import { coverageOf } from './covers.ts'
import type { Coverage } from './covers.ts'
import { holds } from './holds.ts'
import { expandPattern, matchesPieces } from './pattern.ts'
import type { Piece } from './pattern.ts'
import type { PolicySource, Question } from './question.ts'
import { readPolicy } from './read-policy.ts'
import type { Statement } from './read-policy.ts'

/** A statement: the place of its policy among those of its kind, and its place there. */
export interface Place {
  readonly policy: number
  readonly index: number
}

/** What the policies of one kind say. */
export interface Verdict {
  readonly deny?: Place
  /** The first statement among those that allow which covers most. */
  readonly allow?: Place & { readonly covers: Coverage }
}

export interface Reader {
  readonly request: Question['request']
  readonly context: Context
  /** Statements apply to whom they name; otherwise to everybody. */
  readonly readsPrincipal: boolean
  readonly hasBoundary: boolean
}

const NOTHING: Context = new Map()

/** A Deny that applies, and an Allow that applies. */
export function verdictOf(policies: readonly PolicySource[], reader: Reader): Verdict {
  let deny: Place | undefined
  let allow: Verdict['allow']
  for (const [policy, source] of policies.entries()) {
    for (const [index, statement] of readPolicy(source).entries()) {
      const covers = reader.readsPrincipal
        ? coverageOf(statement, reader.request.caller, reader.hasBoundary)
        : (3 satisfies Coverage)
      if (covers === undefined || !applies(statement, reader)) continue
      if (statement.effect === 'Deny') deny ??= { policy, index }
      else if (allow === undefined || covers > allow.covers) allow = { policy, index, covers }
    }
  }
  return { ...(deny !== undefined && { deny }), ...(allow !== undefined && { allow }) }
}

/** Each level must allow; a Deny of any holds. Places count through all levels (user guide, "SCP evaluation"). */
export function verdictOfLevels(levels: readonly (readonly PolicySource[])[], reader: Reader): Verdict {
  const verdicts = levels.map((level) => verdictOf(level, reader))
  const denying = verdicts.findIndex(({ deny }) => deny !== undefined)
  const found = verdicts[denying]?.deny
  const deny = found && { ...found, policy: levels.slice(0, denying).flat().length + found.policy }
  const allow = verdicts.every((verdict) => verdict.allow !== undefined) ? verdicts[0]?.allow : undefined
  return { ...(deny !== undefined && { deny }), ...(allow !== undefined && { allow }) }
}

/** The statement speaks of the action and the resource, and its conditions are fulfilled. */
function applies(statement: Statement, { request: { action, resource }, context }: Reader): boolean {
  const { effect, hasVariables } = statement
  const isAction = (pattern: string): boolean => matchesAction(pattern, action)
  const isResource = (pattern: string): boolean => {
    const pieces = resourcePieces(pattern, { context, hasVariables })
    return pieces !== undefined && matchesPieces(pieces, resource)
  }
  return (
    (statement.action?.some(isAction) ?? !(statement.notAction ?? []).some(isAction)) &&
    // A trust policy has no Resource: it is about its role.
    (statement.resource?.some(isResource) ?? !(statement.notResource ?? []).some(isResource)) &&
    statement.conditions.every((condition) => holds(condition, { context, hasVariables, effect }))
  )
}

/** Case does not matter. The service is written out or a star, and only the name has more wildcards; `*` alone is every action. */
function matchesAction(pattern: string, action: string): boolean {
  if (pattern === '*') return true
  const [service, name] = divide(foldCase(pattern))
  const [askedService, askedName] = divide(foldCase(action))
  const pieces = expandPattern(name, { context: NOTHING, hasVariables: false, hasWildcards: true })
  return (service === '*' || service === askedService) && pieces !== undefined && matchesPieces(pieces, askedName)
}

function divide(action: string): [service: string, name: string] {
  const colon = action.indexOf(':')
  return [action.slice(0, colon), action.slice(colon + 1)]
}

/** Variables stand only behind the fifth colon; wildcards everywhere (user guide, "Variables and tags", "Resource"). */
function resourcePieces(
  pattern: string,
  scene: { readonly context: Context; readonly hasVariables: boolean },
): Piece[] | undefined {
  const parts = pattern.split(':')
  const head = parts.length < 6 ? pattern : `${parts.slice(0, 5).join(':')}:`
  const tail = expandPattern(pattern.slice(head.length), { ...scene, hasWildcards: true })
  const start = expandPattern(head, { context: NOTHING, hasVariables: false, hasWildcards: true })
  return tail === undefined || start === undefined ? undefined : [...start, ...tail]
}
