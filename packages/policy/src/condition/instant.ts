/**
 * Dates of the Date operators: epoch seconds, or ISO 8601 as IAM stores it (observed with CreatePolicy): a year with sign,
 * then month, day and time as far as they are given, fractions down to nanoseconds, and an offset. Without one it is UTC.
 */

import { assertNumber } from '../assert-answer.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, or undefined for what is no date. Compared to the millisecond. */
export function parseInstant(text: string): number | undefined {
  if (/^\d+$/.test(text)) return parseEpochSeconds(text)
  const match =
    /^([+-]?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[Tt](?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?)?([Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$/.exec(
      text,
    )
  // Digits alone are epoch seconds; a year alone needs its sign or its `T`.
  if (match === null) return undefined
  const [, year = '', month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match
  const days = daysSinceEpoch(Number(year), Number(month), Number(day))
  if (days === undefined) return undefined
  assertNumber(days)
  const milliseconds = timeOfDay(Number(hour), Number(minute), Number(second))
  if (milliseconds === undefined) return undefined
  assertNumber(milliseconds)
  const offset = parseOffset(zone)
  assertNumber(offset)
  return days * DAY_MS + milliseconds + Number(fraction.slice(0, 3).padEnd(3, '0')) - offset
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** First and last year that IAM takes: those whose milliseconds a signed 64-bit integer holds. */
const YEAR_MIN = -292_275_054
const YEAR_MAX = 292_278_993

/** Longest count that a signed 64-bit integer holds. Observed: one more is refused. */
const EPOCH_MAX = 9_223_372_036_854_775_807n

function parseEpochSeconds(text: string): number | undefined {
  return text.length <= 19 && BigInt(text) <= EPOCH_MAX ? Number(text) * 1000 : undefined
}

function timeOfDay(hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return ((hour * 60 + minute) * 60 + second) * 1000
}

/** In milliseconds. Of what the pattern lets through: at most 23 hours and 59 minutes. */
function parseOffset(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS
}

/** Days of the proleptic Gregorian calendar. Written out, because `Date` ends before IAM's years and takes 30 February. */
function daysSinceEpoch(year: number, month: number, day: number): number | undefined {
  if (year < YEAR_MIN || year > YEAR_MAX) return undefined
  if (month < 1 || month > 12) return undefined
  const dayMax = daysIn(year, month)
  assertNumber(dayMax)
  if (day < 1 || day > dayMax) return undefined
  // Counted from 1 March of year 0, so that the leap day ends a year.
  const shifted = month <= 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return shifted * 365 + leapDays + dayOfYear - DAYS_FROM_MARCH_0_TO_1970
}

const DAYS_FROM_MARCH_0_TO_1970 = 719_468

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
