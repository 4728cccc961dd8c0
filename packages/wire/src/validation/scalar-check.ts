import type { IntegerShape, ScalarShape, StringShape } from '../shape.ts'
import { patternTest } from './pattern.ts'
import type { Report } from './report.ts'
import {
  isOneOf,
  lengthAtLeast,
  lengthAtMost,
  matches,
  memberMustNotBeNull,
  valueAtLeast,
  valueAtMost,
} from './sentence.ts'

/** Reports what is wrong with the value at a path. */
export type Check = (value: unknown, path: string, report: Report) => void

/** The check of a value without parts; undefined where the shape has no constraint. */
export function scalarCheck(shape: ScalarShape): Check | undefined {
  if (shape.kind === 'string') return stringCheck(shape)
  return shape.kind === 'integer' ? integerCheck(shape) : undefined
}

/** Every constraint of a shape, in the order in which AWS lists them for the elements of a list and the entries of a map. */
export function constraintsOf(shape: ScalarShape): string[] {
  const constraints: string[] = []
  if (shape.kind === 'integer') {
    if (shape.max !== undefined) constraints.push(valueAtMost(shape.max))
    if (shape.min !== undefined) constraints.push(valueAtLeast(shape.min))
  }
  if (shape.kind === 'string') {
    if (shape.max !== undefined) constraints.push(lengthAtMost(shape.max))
    if (shape.min !== undefined) constraints.push(lengthAtLeast(shape.min))
    if (shape.pattern !== undefined) constraints.push(matches(shape.pattern))
    if (isClosed(shape)) constraints.push(isOneOf(shape.values))
  }
  return [...constraints, memberMustNotBeNull]
}

/** The test of whether a value keeps every constraint of its shape. */
export function scalarTest(shape: ScalarShape): (value: unknown) => boolean {
  if (shape.kind === 'integer') return (value) => typeof value === 'number' && isWithin(value, shape)
  if (shape.kind !== 'string') return (value) => value !== undefined
  const isMatch = patternTest(shape.pattern ?? xmlText)
  return (value) =>
    typeof value === 'string' && isWithin(lengthOf(value), shape) && isMatch(value) && isListed(value, shape)
}

/**
 * The characters that an XML answer can carry. The model leaves some texts without a pattern; what we could never send back is refused in the
 * words that AWS has for a pattern.
 */
const xmlText = '[\\u0009\\u000A\\u000D\\u0020-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]*'

function stringCheck(shape: StringShape): Check {
  const checkLength = lengthCheck(shape)
  const checkPattern = patternCheck(shape)
  return (value, path, report) => {
    if (typeof value !== 'string') throw new TypeError(`\`${path}\` is no text`)
    if (report.isPatternFirst) checkPattern(value, path, report)
    checkLength(value, path, report)
    if (!report.isPatternFirst) checkPattern(value, path, report)
    if (!isListed(value, shape)) report.add(path, isOneOf(shape.values ?? []), shown(shape, value))
  }
}

type TextCheck = (value: string, path: string, report: Report) => void

function lengthCheck(shape: StringShape): TextCheck {
  const { min = 0, max = Number.POSITIVE_INFINITY, sentence } = shape
  return (value, path, report) => {
    // No character is more than two code units, so most texts need not be counted.
    if (value.length >= min * 2 && value.length <= max) return
    const length = lengthOf(value)
    if (length > max) report.add(path, lengthAtMost(max), shown(shape, value))
    // Observed: IAM answers an empty name with the sentence for its characters, not with its length.
    if (length < min && !(sentence !== undefined && min === 1))
      report.add(path, lengthAtLeast(min), shown(shape, value))
  }
}

function patternCheck(shape: StringShape): TextCheck {
  const { pattern = xmlText, sentence } = shape
  const isMatch = patternTest(pattern)
  return (value, path, report) => {
    if (isMatch(value)) return
    if (sentence === undefined) report.add(path, matches(pattern), shown(shape, value))
    else report.refuse(path, sentence)
  }
}

function integerCheck({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: IntegerShape): Check {
  return (value, path, report) => {
    if (typeof value !== 'number') throw new TypeError(`\`${path}\` is no number`)
    if (value > max) report.add(path, valueAtMost(max), String(value))
    if (value < min) report.add(path, valueAtLeast(min), String(value))
  }
}

function shown(shape: StringShape, value: string): string | undefined {
  return shape.isSensitive ? undefined : value
}

function isClosed(shape: StringShape): shape is StringShape & { readonly values: readonly string[] } {
  return shape.values !== undefined && !shape.isOpen
}

function isListed(value: string, shape: StringShape): boolean {
  return !isClosed(shape) || shape.values.includes(value)
}

/** AWS counts code points (observed on STS AssumeRole with 2,048 characters beyond the BMP). */
function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

function isWithin(
  size: number,
  { min, max }: { readonly min: number | undefined; readonly max: number | undefined },
): boolean {
  return (min === undefined || size >= min) && (max === undefined || size <= max)
}
