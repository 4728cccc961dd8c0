import { contextValues, isSet } from './context.ts'
import type { Context } from './context.ts'

/** One UTF-16 unit of a text, any one unit, or any units at all. */
export type Piece = { readonly unit: string } | 'one' | 'any'

export interface Expansion {
  readonly context: Context
  readonly hasVariables: boolean
  /** Star and question mark stand for others. */
  readonly hasWildcards: boolean
}

const VARIABLE = /\$\{([^},]+)(?:, *'([^']*)')?\}/y
/** What has braces and is no variable has no value; an open brace that nothing closes is text. */
const MALFORMED = /\$\{[^}]*\}/y

/**
 * The pieces of a pattern, its variables replaced; nothing when a variable has no value. What a variable brings is text, also when
 * it holds stars or further variables (user guide, "Variables and tags").
 */
export function expandPattern(pattern: string, expansion: Expansion): Piece[] | undefined {
  const pieces: Piece[] = []
  let at = 0
  while (at < pattern.length) {
    const isVariable = expansion.hasVariables && pattern.charAt(at) === '$'
    const variable = isVariable ? matchAt(VARIABLE, pattern, at) : null
    if (variable === null) {
      if (isVariable && matchAt(MALFORMED, pattern, at) !== null) return undefined
      pieces.push(pieceOf(pattern.charAt(at), expansion.hasWildcards))
      at += 1
      continue
    }
    const text = variableText(variable, expansion.context)
    if (text === undefined) return undefined
    pieces.push(...literal(text))
    at += variable[0].length
  }
  return pieces
}

/** Every unit stands for itself. */
export function literal(text: string): Piece[] {
  return text.split('').map((unit) => ({ unit }))
}

/** The whole text is what the pieces say: each place of the text is reached or not, piece by piece. */
export function matchesPieces(pieces: readonly Piece[], text: string): boolean {
  let reached = [true, ...Array<boolean>(text.length).fill(false)]
  for (const piece of pieces) {
    const next: boolean[] = []
    for (let end = 0; end <= text.length; end += 1) {
      if (piece === 'any') next.push(reached[end] === true || next[end - 1] === true)
      else next.push(reached[end - 1] === true && (piece === 'one' || piece.unit === text[end - 1]))
    }
    if (!next.includes(true)) return false
    reached = next
  }
  return reached[text.length] === true
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(text)
}

function pieceOf(unit: string, hasWildcards: boolean): Piece {
  if (hasWildcards && unit === '*') return 'any'
  if (hasWildcards && unit === '?') return 'one'
  return { unit }
}

/** A set has no text, even where a default is given (observed); an empty value is a value. */
function variableText(variable: RegExpExecArray, context: Context): string | undefined {
  const [, name = '', standby] = variable
  if (name === '*' || name === '?' || name === '$') return name
  if (isSet(context, name)) return undefined
  return contextValues(context, name)?.[0] ?? standby
}
