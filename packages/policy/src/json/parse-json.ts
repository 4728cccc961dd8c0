/**
 * Strict JSON (RFC 8259) with positions. Stricter than JSON.parse where a policy must not be ambiguous: a key twice in one
 * object, a lone surrogate and more than 20 levels are errors, as is a text over the longest PolicyDocument that the API
 * takes. The limits are checked before anything is recursed into (negative tests F-17, N-02).
 */
import type { JsonArray, JsonMember, JsonNode, JsonNumber, JsonObject, JsonString } from './json-node.ts'

export const JSON_DEPTH_MAX = 20
/** Length of `policyDocumentType` in the IAM API model. */
export const JSON_LENGTH_MAX = 131_072

export interface JsonFault {
  /** Our stable name for what is wrong. */
  readonly code: 'InvalidJson' | 'DuplicateKey' | 'TooDeep' | 'TooLong'
  /** Lower-case, the culprit in backticks. */
  readonly detail: string
  /** The key that is there twice. */
  readonly culprit?: string
  readonly offset: number
}

export type JsonOutcome =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly fault: JsonFault }

/** Never throws for any text. */
export function parseJson(text: string): JsonOutcome {
  if (text.length > JSON_LENGTH_MAX) {
    const detail = `the document has ${text.length} characters, more than ${JSON_LENGTH_MAX}`
    return { ok: false, fault: { code: 'TooLong', detail, offset: JSON_LENGTH_MAX } }
  }
  try {
    return { ok: true, node: new JsonReader(text).readDocument() }
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, fault: error.fault }
    throw error
  }
}

class JsonError extends Error {
  override readonly name = 'JsonError'
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault.detail)
    this.fault = fault
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  readDocument(): JsonNode {
    this.#skipSpace()
    const node = this.#readValue(1)
    this.#skipSpace()
    if (this.#at < this.#text.length) throw this.#unexpected('the end')
    return node
  }

  #readValue(depth: number): JsonNode {
    const start = this.#at
    const unit = this.#text[start]
    if (unit === '{' || unit === '[') {
      if (depth > JSON_DEPTH_MAX) throw this.#fault('TooDeep', `nested deeper than ${JSON_DEPTH_MAX} levels`)
      return unit === '{' ? this.#readObject(depth) : this.#readArray(depth)
    }
    if (unit === '"') return this.#readString()
    if (unit === '-' || isDigit(unit)) return this.#readNumber()
    if (this.#take('true')) return { kind: 'boolean', value: true, start, end: this.#at }
    if (this.#take('false')) return { kind: 'boolean', value: false, start, end: this.#at }
    if (this.#take('null')) return { kind: 'null', start, end: this.#at }
    throw this.#unexpected('a value')
  }

  #readObject(depth: number): JsonObject {
    const start = this.#at
    const members: JsonMember[] = []
    const keys = new Set<string>()
    this.#at += 1
    this.#skipSpace()
    if (!this.#take('}')) {
      do {
        this.#skipSpace()
        members.push(this.#readMember(keys, depth))
        this.#skipSpace()
      } while (this.#take(','))
      if (!this.#take('}')) throw this.#unexpected('`,` or `}`')
    }
    return { kind: 'object', members, start, end: this.#at }
  }

  #readMember(keys: Set<string>, depth: number): JsonMember {
    if (this.#text[this.#at] !== '"') throw this.#unexpected('a key in double quotes')
    const key = this.#readString()
    if (keys.has(key.value)) {
      const detail = `the key \`${key.value}\` is there twice`
      throw new JsonError({ code: 'DuplicateKey', detail, culprit: key.value, offset: key.start })
    }
    keys.add(key.value)
    this.#skipSpace()
    if (!this.#take(':')) throw this.#unexpected('`:`')
    this.#skipSpace()
    return { key, value: this.#readValue(depth + 1) }
  }

  #readArray(depth: number): JsonArray {
    const start = this.#at
    const items: JsonNode[] = []
    this.#at += 1
    this.#skipSpace()
    if (!this.#take(']')) {
      do {
        this.#skipSpace()
        items.push(this.#readValue(depth + 1))
        this.#skipSpace()
      } while (this.#take(','))
      if (!this.#take(']')) throw this.#unexpected('`,` or `]`')
    }
    return { kind: 'array', items, start, end: this.#at }
  }

  #readString(): JsonString {
    const start = this.#at
    let value = ''
    this.#at += 1
    let chunk = this.#at
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at)
      if (Number.isNaN(unit)) throw this.#unexpected('the closing `"`')
      if (unit === 0x22) break
      if (unit < 0x20) throw this.#fault('InvalidJson', `control character ${hex(unit)} in a string is not escaped`)
      if (unit === 0x5c) {
        value += this.#text.slice(chunk, this.#at) + this.#readEscape()
        chunk = this.#at
      } else this.#at += 1
    }
    value += this.#text.slice(chunk, this.#at)
    this.#at += 1
    if (!value.isWellFormed()) {
      throw new JsonError({
        code: 'InvalidJson',
        detail: 'half of a surrogate pair in a string',
        offset: start,
      })
    }
    return { kind: 'string', value, start, end: this.#at }
  }

  #readEscape(): string {
    const name = this.#text[this.#at + 1]
    if (name === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6)
      if (digits.length < 4 || !digits.split('').every(isHexDigit)) {
        throw this.#fault('InvalidJson', 'the escape `\\u` needs four hexadecimal digits')
      }
      this.#at += 6
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    const unit = name === undefined ? undefined : ESCAPES.get(name)
    if (unit === undefined) throw this.#fault('InvalidJson', `\`\\${name ?? ''}\` is not an escape`)
    this.#at += 2
    return unit
  }

  #readNumber(): JsonNumber {
    const start = this.#at
    this.#take('-')
    // RFC 8259 section 6: a leading zero stands alone.
    if (!this.#take('0')) this.#takeDigits()
    if (this.#take('.')) this.#takeDigits()
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-')
      this.#takeDigits()
    }
    return { kind: 'number', text: this.#text.slice(start, this.#at), start, end: this.#at }
  }

  #takeDigits(): void {
    if (!isDigit(this.#text[this.#at])) throw this.#unexpected('a digit')
    while (isDigit(this.#text[this.#at])) this.#at += 1
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false
    this.#at += expected.length
    return true
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
      this.#at += 1
    }
  }

  #unexpected(expected: string): JsonError {
    const found = this.#text.codePointAt(this.#at)
    const culprit = found === undefined ? 'the text ends' : `${quoted(found)} stands`
    return this.#fault('InvalidJson', `${culprit} where ${expected} should be`)
  }

  #fault(code: JsonFault['code'], detail: string): JsonError {
    return new JsonError({ code, detail, offset: this.#at })
  }
}

function isDigit(unit: string | undefined): boolean {
  return unit !== undefined && unit >= '0' && unit <= '9'
}

function isHexDigit(unit: string): boolean {
  return isDigit(unit) || (unit >= 'a' && unit <= 'f') || (unit >= 'A' && unit <= 'F')
}

function quoted(codePoint: number): string {
  const isPrintable = codePoint > 0x20 && codePoint < 0x7f
  return isPrintable ? `\`${String.fromCodePoint(codePoint)}\`` : hex(codePoint)
}

function hex(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}
