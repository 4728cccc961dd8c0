import type { ScalarShape } from '../shape.ts'
import { parseBase64 } from '../base64.ts'
import { malformedInput } from './malformed-input.ts'

/** Reads a parameter's text as its shape demands; throws a Fault (MalformedInput) where AWS does. */
export function parseScalar(shape: ScalarShape, text: string): string | number | boolean | Date | Uint8Array {
  switch (shape.kind) {
    case 'string':
      return text
    case 'integer':
      return parseInteger(text)
    case 'boolean':
      return parseBoolean(text)
    case 'timestamp':
      return parseTimestamp(text)
    case 'blob':
      return parseBlob(text)
  }
}

const integerMin = -(2 ** 31)
const integerMax = 2 ** 31 - 1

/** AWS reads `0900` and `+900`, refuses `900.0` and what is wider than 32 bits (observed on STS AssumeRole). */
function parseInteger(text: string): number {
  if (text === '') throw malformedInput('missing value for decimal type')
  const value = /^[+-]?[0-9]{1,32}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= integerMin && value <= integerMax)) throw malformedInput('')
  // Zero has one spelling, whatever its sign.
  return value === 0 ? 0 : value
}

const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

function parseBoolean(text: string): boolean {
  const value = booleans.get(text)
  if (value === undefined) throw malformedInput('')
  return value
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

function parseTimestamp(text: string): Date {
  const time = new Date(isoTime.test(text) ? text : Number.NaN)
  if (Number.isNaN(time.getTime())) throw malformedInput('')
  return time
}

function parseBlob(text: string): Uint8Array {
  const bytes = parseBase64(text)
  if (bytes === undefined) throw malformedInput('')
  return bytes
}
