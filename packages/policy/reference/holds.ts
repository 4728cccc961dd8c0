/**
 * Conditions of statements: every operator with its qualifiers, what a missing key means, and what malformed values mean. User guide,
 * "Condition operators" and "Multivalued context keys"; where the pages are silent, what was observed of AWS.
 */
import { contextValues, isSet } from './context.ts'
import type { Context } from './context.ts'
import { expandPattern, literal, matchesPieces } from './pattern.ts'
import type { Piece } from './pattern.ts'
import type { Condition, Statement } from './read-policy.ts'
import { addressOf, bytesOf, isInNetwork, networkOf, numberOf, requestAddressOf, timeOf, truthOf } from './values.ts'

interface Scene {
  readonly context: Context
  readonly hasVariables: boolean
  readonly effect: Statement['effect']
}

/** Whether a value of the request is one that an operand means. */
type Comparison = (value: string, operand: string, scene: Scene) => boolean

interface Operator {
  readonly matches: Comparison
  /** `Not...`: true when no operand is matched. */
  readonly isNegated?: boolean
  /** A value of the request that is none of its type matches nothing, not even what is negated (observed). */
  readonly isValue?: (value: string) => boolean
  /** Other operands work against the caller: they match for a Deny, and do not for an Allow (observed). */
  readonly isOperand?: (operand: string, scene: Scene) => boolean
}

/** User guide, "Condition operators": all of them but `Null`. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { matches: likeText(false) },
  StringNotEquals: { matches: likeText(false), isNegated: true },
  StringEqualsIgnoreCase: { matches: equalsIgnoringCase },
  StringNotEqualsIgnoreCase: { matches: equalsIgnoringCase, isNegated: true },
  StringLike: { matches: likeText(true) },
  StringNotLike: { matches: likeText(true), isNegated: true },
  ...ordered('Numeric', numberOf),
  ...ordered('Date', timeOf),
  Bool: { matches: (value, operand) => truthOf(value) === truthOf(operand) },
  BinaryEquals: { matches: (value, operand) => bytesOf(operand) !== undefined && bytesOf(value) === bytesOf(operand) },
  IpAddress: { matches: inNetwork, isValue: isAddress },
  NotIpAddress: { matches: inNetwork, isValue: isAddress, isNegated: true },
  ArnEquals: { matches: likeArn, isValue: isArn, isOperand: isArnPattern },
  ArnLike: { matches: likeArn, isValue: isArn, isOperand: isArnPattern },
  ArnNotEquals: { matches: likeArn, isValue: isArn, isOperand: isArnPattern, isNegated: true },
  ArnNotLike: { matches: likeArn, isValue: isArn, isOperand: isArnPattern, isNegated: true },
}

/** The condition of a statement is fulfilled (user guide, "Condition operators" and "Multivalued context keys"). */
export function holds({ operator, key, operands }: Condition, scene: Scene): boolean {
  const values = contextValues(scene.context, key)
  if (operator === 'Null') return operands.some((operand) => truthOf(operand) === (values === undefined))

  const [, qualifier, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? []
  const comparison = OPERATORS[name]
  if (comparison === undefined) throw new Error(`no operator \`${operator}\``)
  const fits = (value: string): boolean => fitsOne(comparison, { value, operands, scene })

  // An empty text is a value as any other (observed). IfExists changes nothing here: nothing is in an empty set (observed).
  if (qualifier === 'ForAllValues') return values === undefined || values.every(fits)
  if (qualifier === 'ForAnyValue') return values !== undefined && values.some(fits)

  // No operand at all is never met, negated or not (user guide, "Policy validation checks": empty array condition).
  if (values === undefined) return ifExists !== undefined || (comparison.isNegated === true && operands.length > 0)
  // INVARIANT (a set fits no operator without a qualifier): of one value, negated or IfExists (observed).
  return !isSet(scene.context, key) && values.every(fits)
}

interface Asked {
  readonly value: string
  readonly operands: readonly string[]
  readonly scene: Scene
}

/** One value of the request is one of the operands, or none of them where the operator is negated. */
function fitsOne(
  { matches, isNegated = false, isValue, isOperand }: Operator,
  { value, operands, scene }: Asked,
): boolean {
  if (isValue !== undefined && !isValue(value)) return false
  const isMeant = operands.some((operand) => {
    const isRight = isOperand === undefined || isOperand(operand, scene)
    return isRight ? matches(value, operand, scene) : (scene.effect === 'Deny') !== isNegated
  })
  return operands.length > 0 && isMeant !== isNegated
}

function likeText(hasWildcards: boolean): Comparison {
  return (value, operand, scene) => {
    const pieces = expandPattern(operand, { ...scene, hasWildcards })
    return pieces !== undefined && matchesPieces(pieces, value)
  }
}

/** Lower case as Unicode has it, final sigma by its place; no folding (`ſ` is not `s`), no normalization (observed). */
function equalsIgnoringCase(value: string, operand: string, scene: Scene): boolean {
  const pieces = expandPattern(operand, { ...scene, hasWildcards: false })
  if (pieces === undefined) return false
  return textOf(pieces).toLowerCase() === value.toLowerCase()
}

/** The six comparisons of a type; what cannot be converted compares with nothing, so that only NotEquals is true of it. */
function ordered(type: string, convert: (text: string) => number | bigint | undefined): Record<string, Operator> {
  const by = (compare: (left: number | bigint, right: number | bigint) => boolean): Comparison => {
    return (value, operand) => {
      const [left, right] = [convert(value), convert(operand)]
      return left !== undefined && right !== undefined && compare(left, right)
    }
  }
  return {
    [`${type}Equals`]: { matches: by((left, right) => left === right) },
    [`${type}NotEquals`]: { matches: by((left, right) => left === right), isNegated: true },
    [`${type}LessThan`]: { matches: by((left, right) => left < right) },
    [`${type}LessThanEquals`]: { matches: by((left, right) => left <= right) },
    [`${type}GreaterThan`]: { matches: by((left, right) => left > right) },
    [`${type}GreaterThanEquals`]: { matches: by((left, right) => left >= right) },
  }
}

function isAddress(value: string): boolean {
  return addressOf(value) !== undefined
}

function inNetwork(value: string, operand: string): boolean {
  const [address, network] = [requestAddressOf(value), networkOf(operand)]
  return address !== undefined && network !== undefined && isInNetwork(address, network)
}

function isArn(value: string): boolean {
  return value.startsWith('arn:') && value.split(':').length >= 6
}

function isArnPattern(operand: string, scene: Scene): boolean {
  const pieces = expandPattern(operand, { ...scene, hasWildcards: true })
  return pieces === undefined || arnParts(pieces).length === 6
}

/** Each of the six parts by itself: a star does not cross a colon, but in the last (user guide, "ARN condition operators"). */
function likeArn(value: string, operand: string, scene: Scene): boolean {
  const pieces = expandPattern(operand, { ...scene, hasWildcards: true })
  if (pieces === undefined) return false
  const [patterns, parts] = [arnParts(pieces), arnParts(literal(value)).map(textOf)]
  return (
    patterns.length === 6 &&
    parts.length === 6 &&
    patterns.every((pattern, at) => matchesPieces(pattern, parts[at] ?? ''))
  )
}

/** At most six parts, divided at colons. */
function arnParts(pieces: readonly Piece[]): Piece[][] {
  const parts: Piece[][] = [[]]
  for (const piece of pieces) {
    if (parts.length < 6 && typeof piece === 'object' && piece.unit === ':') parts.push([])
    else parts.at(-1)?.push(piece)
  }
  return parts
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'object' ? piece.unit : '')).join('')
}
