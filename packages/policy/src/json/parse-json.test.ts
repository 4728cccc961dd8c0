import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { JsonNode } from './json-node.ts'
import { JSON_DEPTH_MAX, JSON_LENGTH_MAX, parseJson } from './parse-json.ts'

describe('parseJson', () => {
  it('law: parser equals JSON.parse on valid JSON without duplicates', () => {
    const values = fc.json({ maxDepth: JSON_DEPTH_MAX - 2, stringUnit: 'binary' })
    fc.assert(
      fc.property(values, fc.constantFrom(0, 1, '\t', '\r\n'), (compact, indent) => {
        const text = JSON.stringify(JSON.parse(compact), undefined, indent)
        fc.pre(text.isWellFormed() && !/\\ud[89a-f]/i.test(text))
        assert.deepEqual(valueOf(nodeOf(text)), withoutPrototypes(JSON.parse(text)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('law: parser never throws, whatever the text, and takes nothing that JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '\\',
      '\\u',
      '"a"',
      '"b"',
      '0',
      '-',
      '1',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\n',
      '\u0000',
      '\ud800',
      '\ufeff',
      'd800',
      '/',
      "'",
      'NaN',
      '/*',
      '__proto__',
    )
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const outcome = parseJson(text)
        if (outcome.ok) assert.doesNotThrow(() => JSON.parse(text))
      }),
      { numRuns: 20_000 },
    )
  })

  it('F-17: refuses a key that is there twice, however it is escaped, and says where', () => {
    const text = '{"Effect": "Deny",\n "Ef\\u0066ect": "Allow"}'
    assert.deepEqual(parseJson(text), {
      ok: false,
      fault: { code: 'DuplicateKey', detail: 'the key `Effect` is there twice', culprit: 'Effect', offset: 20 },
    })
  })

  it('lets the same key stand in different objects', () => {
    assert.deepEqual(valueOf(nodeOf('[{"a":1},{"a":{"a":2}}]')), [
      new Map([['a', '1']]),
      new Map([['a', new Map([['a', '2']])]]),
    ])
  })

  it('O-01: takes `__proto__` for a key like any other', () => {
    const node = nodeOf('{"__proto__": {"polluted": "yes"}, "constructor": 1}')
    assert.equal(node.kind, 'object')
    assert.deepEqual(
      [...(node.kind === 'object' ? node.members : [])].map(({ key }) => key.value),
      ['__proto__', 'constructor'],
    )
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  })

  it(`N-02: takes ${JSON_DEPTH_MAX} levels and refuses one more, and 200,000 without recursing`, () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    assert.equal(parseJson(nested(JSON_DEPTH_MAX)).ok, true)
    for (const text of [nested(JSON_DEPTH_MAX + 1), '['.repeat(100_000), '{"a":'.repeat(20_000)]) {
      const outcome = parseJson(text)
      assert.equal(outcome.ok ? 'taken' : outcome.fault.code, 'TooDeep')
    }
  })

  it(`N-02: takes ${JSON_LENGTH_MAX} characters and refuses one more`, () => {
    const padded = (length: number): string => `"${'x'.repeat(length - 2)}"`
    assert.equal(parseJson(padded(JSON_LENGTH_MAX)).ok, true)
    const outcome = parseJson(padded(JSON_LENGTH_MAX + 1))
    assert.equal(outcome.ok ? 'taken' : outcome.fault.code, 'TooLong')
  })

  it('O-06: keeps a number as it is written', () => {
    for (const text of ['9007199254740993', '-0', '1e400', '0.10', '1E+2']) {
      assert.deepEqual(nodeOf(text), { kind: 'number', text, start: 0, end: text.length })
    }
  })

  it('says where a value begins and ends', () => {
    const node = nodeOf(' {"a" : [ true ] } ')
    assert.deepEqual(node, {
      kind: 'object',
      start: 1,
      end: 18,
      members: [
        {
          key: { kind: 'string', value: 'a', start: 2, end: 5 },
          value: { kind: 'array', start: 8, end: 16, items: [{ kind: 'boolean', value: true, start: 10, end: 14 }] },
        },
      ],
    })
  })

  const faults: readonly (readonly [text: string, offset: number, detail: string])[] = [
    ['', 0, 'the text ends where a value should be'],
    ['  ', 2, 'the text ends where a value should be'],
    ['{', 1, 'the text ends where a key in double quotes should be'],
    ['{a:1}', 1, '`a` stands where a key in double quotes should be'],
    ["{'a':1}", 1, "`'` stands where a key in double quotes should be"],
    ['{"a" 1}', 5, '`1` stands where `:` should be'],
    ['{"a":1,}', 7, '`}` stands where a key in double quotes should be'],
    ['{"a":1 "b":2}', 7, '`"` stands where `,` or `}` should be'],
    ['[1,]', 3, '`]` stands where a value should be'],
    ['[1 2]', 3, '`2` stands where `,` or `]` should be'],
    ['1 1', 2, '`1` stands where the end should be'],
    ['01', 1, '`1` stands where the end should be'],
    ['-', 1, 'the text ends where a digit should be'],
    ['1.', 2, 'the text ends where a digit should be'],
    ['1e+', 3, 'the text ends where a digit should be'],
    ['+1', 0, '`+` stands where a value should be'],
    ['.5', 0, '`.` stands where a value should be'],
    ['NaN', 0, '`N` stands where a value should be'],
    ['tru', 0, '`t` stands where a value should be'],
    ['truer', 4, '`r` stands where the end should be'],
    ['"a', 2, 'the text ends where the closing `"` should be'],
    ['"a\nb"', 2, 'control character U+000A in a string is not escaped'],
    ['"\\x"', 1, '`\\x` is not an escape'],
    ['"\\u12g4"', 1, 'the escape `\\u` needs four hexadecimal digits'],
    ['"\\u12', 1, 'the escape `\\u` needs four hexadecimal digits'],
    ['"\\ud800"', 0, 'half of a surrogate pair in a string'],
    ['"\\udc00\\ud800"', 0, 'half of a surrogate pair in a string'],
    ['"\ud800"', 0, 'half of a surrogate pair in a string'],
    ['\ufeff1', 0, 'U+FEFF stands where a value should be'],
    ['\u00a01', 0, 'U+00A0 stands where a value should be'],
    ['1 // one', 2, '`/` stands where the end should be'],
    ['[1', 2, 'the text ends where `,` or `]` should be'],
  ]
  for (const [text, offset, detail] of faults) {
    it(`refuses ${JSON.stringify(text)} and says why and where`, () => {
      assert.deepEqual(parseJson(text), { ok: false, fault: { code: 'InvalidJson', detail, offset } })
    })
  }

  it('reads every escape, and pairs of surrogates', () => {
    assert.deepEqual(valueOf(nodeOf('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\uDE00"')), '"\\/\b\f\n\r\tA\u{1f600}')
  })
})

function nodeOf(text: string): JsonNode {
  const outcome = parseJson(text)
  if (outcome.ok) return outcome.node
  throw new Error(outcome.fault.detail)
}

/** Objects as maps, so that no key is special; numbers as the text of the double. */
function valueOf(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return new Map(node.members.map(({ key, value }) => [key.value, valueOf(value)]))
    case 'array':
      return node.items.map(valueOf)
    case 'number':
      return String(Number(node.text))
    case 'null':
      return null
    case 'string':
    case 'boolean':
      return node.value
  }
}

function withoutPrototypes(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  if (typeof value !== 'object' || value === null) return value
  return new Map(Object.entries(value).map(([key, member]) => [key, withoutPrototypes(member)]))
}
