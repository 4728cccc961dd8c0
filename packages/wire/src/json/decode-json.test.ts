import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { valueArbitrary } from '../../test/shape-arbitrary.ts'
import { allOperations } from '../../test/walk-shape.ts'
import { Fault } from '../fault.ts'
import { getOperation, type OperationModel } from '../service.ts'
import type { Shape, StructureShape } from '../shape.ts'
import { validate } from '../validation/validate.ts'
import { decodeJson } from './decode-json.ts'
import { encodeJsonResult } from './encode-json.ts'

const put = getOperation('PutAccountQuotas')

function decode(text: string): unknown {
  return decodeJson(put, Buffer.from(text))
}

function refusal(text: string | Uint8Array, operation: OperationModel = put): string {
  try {
    decodeJson(operation, Buffer.from(text))
  } catch (error) {
    assert.ok(error instanceof Fault)
    return `${error.code} ${error.status}: ${error.message}`
  }
  return 'nothing was refused'
}

/** An operation that takes one member of the given shape. */
function taking(shape: Shape): OperationModel {
  const input: StructureShape = {
    kind: 'structure',
    name: 'Input',
    isUnion: false,
    members: [{ name: 'A', shape, isRequired: false }],
  }
  return { ...put, input }
}

test('a body is read into the members that the model knows', () => {
  assert.deepEqual(decode('{"Quotas":[{"Name":"users","Value":10,"Other":1}],"Other":{"a":[]}}'), {
    Quotas: [{ Name: 'users', Value: 10 }],
  })
})

test('an empty body is an empty input, and null is absent', () => {
  assert.deepEqual(decode(''), {})
  assert.deepEqual(decode('{"Quotas":null}'), {})
})

test('a null element stays, for the constraints to refuse', () => {
  assert.deepEqual(decode('{"Quotas":[null]}'), { Quotas: [undefined] })
  assert.throws(() => validate(put, decode('{"Quotas":[null]}')), { code: 'ValidationException' })
})

for (const [text, sentence] of [
  ['{', ''],
  ['{"Quotas":[],}', ''],
  ['null', ''],
  ['1', 'NUMBER_VALUE can not be converted to a structure'],
  ['[]', 'Start of list found where not expected'],
  ['{"Quotas":{}}', 'Start of structure or map found where not expected.'],
  ['{"Quotas":"a"}', 'STRING_VALUE can not be converted to a list'],
  ['{"Quotas":[1]}', 'NUMBER_VALUE can not be converted to a structure'],
  ['{"Quotas":[{"Name":1}]}', 'NUMBER_VALUE can not be converted to a String'],
  ['{"Quotas":[{"Value":"1"}]}', 'STRING_VALUE can not be converted to an Integer'],
  ['{"Quotas":[{"Value":true}]}', 'BOOLEAN_VALUE can not be converted to an Integer'],
  ['{"Quotas":[{"Value":1.5}]}', 'NUMBER_VALUE can not be converted to an Integer'],
] as const) {
  test(`the body \`${text}\` is refused`, () => {
    assert.equal(refusal(text), `SerializationException 400: ${sentence}`)
  })
}

test('O-06: a number beyond 32 bits is refused, not rounded', () => {
  for (const number of ['2147483648', '-2147483649', '9007199254740993', '1e400']) {
    assert.match(refusal(`{"Quotas":[{"Value":${number}}]}`), /^SerializationException 400: NUMBER_VALUE/)
  }
})

test('O-02: a boolean is true or false, and no value that is like it', () => {
  const operation = taking({ kind: 'boolean', name: 'boolean' })
  assert.deepEqual(decodeJson(operation, Buffer.from('{"A":false}')), { A: false })
  for (const value of ['"true"', '0', '1', '""', '[]', '{}'])
    assert.match(refusal(`{"A":${value}}`, operation), /^Serialization/)
})

test('O-08: a time is a number of seconds', () => {
  const operation = taking({ kind: 'timestamp', name: 'timestamp' })
  assert.deepEqual(decodeJson(operation, Buffer.from('{"A":1.5}')), { A: new Date(1500) })
  for (const value of ['"2026-01-01T00:00:00Z"', '1e300', 'true'])
    assert.match(refusal(`{"A":${value}}`, operation), /^Serialization/)
})

test('O-09: bytes that are no UTF-8, and base64 with anything to skip, are refused', () => {
  assert.equal(refusal(Buffer.from('{"Quotas\xFF":[]}', 'latin1')), 'SerializationException 400: ')
  const operation = taking({ kind: 'blob', name: 'blob', isSensitive: false })
  assert.deepEqual(decodeJson(operation, Buffer.from('{"A":"AAE="}')), { A: Buffer.from([0, 1]) })
  for (const value of ['"AAE"', '"AA E="', '1']) assert.match(refusal(`{"A":${value}}`, operation), /^Serialization/)
})

test('B-03: lists and maps of more than 1,000 are refused', () => {
  const quotas = (count: number): string => `{"Quotas":[${Array.from({ length: count }, () => '{}').join(',')}]}`
  assert.equal(refusal(quotas(1000)), 'nothing was refused')
  assert.equal(refusal(quotas(1001)), 'SerializationException 400: A list has more than 1000 elements')
  const text: Shape & { kind: 'string' } = {
    kind: 'string',
    name: 'string',
    min: undefined,
    max: undefined,
    pattern: undefined,
    sentence: undefined,
    values: undefined,
    isOpen: false,
    isSensitive: false,
  }
  const map = taking({ kind: 'map', name: 'map', key: text, value: text, min: undefined, max: undefined })
  const entries = Array.from({ length: 1001 }, (_, index) => `"k${index}":""`).join(',')
  assert.equal(refusal(`{"A":{${entries}}}`, map), 'SerializationException 400: A map has more than 1000 entries')
})

test('B-03: a body nested a hundred thousand deep is read or refused, and does not overflow the stack', () => {
  assert.deepEqual(decode(`{"Other":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), {})
  assert.match(refusal(`{"Quotas":${'['.repeat(100_000)}`), /^SerializationException/)
})

test('O-01: B-04: `__proto__` in a body changes nothing', () => {
  const input = decode(
    '{"__proto__":{"Quotas":[]},"constructor":{"prototype":{"x":1}},"Quotas":[{"__proto__":{"Name":"x"},"Value":1}]}',
  )
  assert.deepEqual(input, { Quotas: [{ Value: 1 }] })
  assert.equal(Reflect.get({}, 'x'), undefined)
})

test('law: any bytes are decoded or refused with a Fault', () => {
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .json()
      .map((text) => Buffer.from(`{"Quotas":[{"Name":${text},"Value":${text}}],"Properties":${text},"Tags":${text}}`)),
  )
  fc.assert(
    fc.property(fc.constantFrom(...allOperations()), bodies, (operation, bytes) => {
      try {
        validate(operation, decodeJson(operation, bytes))
      } catch (error) {
        assert.ok(error instanceof Fault, String(error))
      }
    }),
    { numRuns: 2000, seed: 42 },
  )
})

test('law: what is encoded for the JSON protocol is decoded to the same value', () => {
  for (const operation of allOperations()) {
    fc.assert(
      fc.property(valueArbitrary(operation.output, 'output'), (output) => {
        const text = encodeJsonResult(operation, output)
        const read = decodeJson({ ...operation, input: operation.output }, Buffer.from(text))
        assert.equal(encodeJsonResult(operation, read), text)
      }),
      { numRuns: 5, seed: 42 },
    )
  }
})
