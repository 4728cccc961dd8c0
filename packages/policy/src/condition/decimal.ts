import { assertNumber, assertText } from '../assert-answer.ts'

/**
 * A decimal number of any length, exact: a double would make 9007199254740993 equal 9007199254740992 (negative test O-06).
 * Its value is 0.DIGITS x 10^exponent, `digits` without zeros at either end; zero has no digits.
 */
export interface Decimal {
  readonly isNegative: boolean
  readonly digits: string
  readonly exponent: number
}

/** Longer exponents are refused: no double, and no figure in a policy, comes near. */
const EXPONENT_DIGITS_MAX = 6

/**
 * Undefined for what AWS cannot convert. Observed: leading zeros, a leading plus, `1.0` and `1e0` are numbers; `NaN`,
 * `Infinity`, text and nothing are not. Hexadecimal, spaces and grouping are text.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', scale = '0'] = match
  if (scale.replace(/^[+-]/, '').length > EXPONENT_DIGITS_MAX) return undefined
  const all = whole + fraction
  const leading = countLeadingZeros(all)
  assertNumber(leading)
  const digits = withoutTrailingZeros(all.slice(leading))
  assertText(digits)
  if (digits === '') return { isNegative: false, digits, exponent: 0 }
  return { isNegative: sign === '-', digits, exponent: whole.length - leading + Number.parseInt(scale, 10) }
}

/** Throws for what is no Decimal. */
export function assertDecimal(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('digits' in value) || !('exponent' in value))
    throw new TypeError('a part of the decision is no decimal')
  assertText(value.digits)
  assertNumber(value.exponent)
}

/** Negative, zero or positive, as `one` is less than, equal to or greater than `other`. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const sign = signOf(one)
  assertNumber(sign)
  const otherSign = signOf(other)
  assertNumber(otherSign)
  if (sign !== otherSign) return sign - otherSign
  const size = compareSizes(one, other)
  assertNumber(size)
  return one.isNegative ? 0 - size : size
}

function compareSizes(one: Decimal, other: Decimal): number {
  if (one.exponent !== other.exponent) return one.exponent - other.exponent
  if (one.digits === other.digits) return 0
  return one.digits < other.digits ? -1 : 1
}

function signOf({ isNegative, digits }: Decimal): number {
  if (digits === '') return 0
  return isNegative ? -1 : 1
}

function countLeadingZeros(digits: string): number {
  let count = 0
  while (digits[count] === '0') count += 1
  return count
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}
