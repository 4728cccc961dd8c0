import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allOperations, walkShape } from '../../test/walk-shape.ts'
import { Fault } from '../fault.ts'
import { parseForm } from '../form.ts'
import { getOperation, type Input, type OperationName } from '../service.ts'
import { validate } from '../validation/validate.ts'
import { decodeQuery } from './decode-query.ts'

const operations = allOperations()

function decode<N extends OperationName>(name: N, body: string): Input<N> {
  return decodeQuery(getOperation(name), parseForm(Buffer.from(body)))
}

function refusal(name: OperationName, body: string): string {
  try {
    decode(name, body)
  } catch (error) {
    assert.ok(error instanceof Fault)
    return `${error.code} ${error.status}: ${error.message}`
  }
  return 'nothing was refused'
}

const tag = (index: string): string => `Tags.member.${index}.Key=k${index}&Tags.member.${index}.Value=v`

test('scalars, lists of structures and lists of text are read under their names', () => {
  const body =
    'Action=CreateUser&Version=2010-05-08&UserName=a&Tags.member.2.Key=l&Tags.member.1.Value=v&Tags.member.1.Key=k'
  assert.deepEqual(decode('CreateUser', body), { UserName: 'a', Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l' }] })
  assert.deepEqual(decode('UntagUser', 'UserName=a&TagKeys.member.1=x&TagKeys.member.2=y'), {
    UserName: 'a',
    TagKeys: ['x', 'y'],
  })
})

test('a structure, and a map whose values are structures with lists, are read', () => {
  assert.deepEqual(decode('AssumeRoot', 'TargetPrincipal=1&TaskPolicyArn.arn=2'), {
    TargetPrincipal: '1',
    TaskPolicyArn: { arn: '2' },
  })
  const body = 'ReplacementValues.entry.1.key=k&ReplacementValues.entry.1.value.Values.member.1=v'
  assert.deepEqual({ ...decode('AcquireRole', body).ReplacementValues }, { k: { Values: ['v'] } })
})

test('an operation without input decodes whatever comes to an empty input', () => {
  assert.deepEqual(decode('GetAccountSummary', 'Action=GetAccountSummary&UserName=a'), {})
})

test('a bare name with an empty value is an empty list, map or structure', () => {
  assert.deepEqual(decode('CreateUser', 'UserName=a&Tags='), { UserName: 'a', Tags: [] })
  assert.deepEqual(decode('AssumeRoot', 'TaskPolicyArn='), { TaskPolicyArn: {} })
  assert.deepEqual(Object.keys(decode('PutAccountProperties', 'Properties=').Properties), [])
  assert.equal(refusal('CreateUser', 'Tags=x'), 'MalformedInput 400: Value found where not expected')
})

test('an empty value of text stays present, for its constraints to judge', () => {
  assert.deepEqual(decode('GetUser', 'UserName='), { UserName: '' })
})

for (const [text, value] of [
  ['900', 900],
  ['0900', 900],
  ['%2B900', 900],
  ['-1', -1],
  ['-0', 0],
  ['2147483647', 2147483647],
  ['-2147483648', -2147483648],
] as const) {
  test(`the number \`${text}\` is read as AWS reads it`, () => {
    assert.deepEqual(decode('GetSessionToken', `DurationSeconds=${text}`), { DurationSeconds: value })
  })
}

for (const text of [
  'abc',
  '900.0',
  '9e2',
  '0x10',
  '%20900',
  '900%20',
  '%2B',
  '1_0',
  '%D9%A3',
  '2147483648',
  '-2147483649',
  '1'.repeat(400),
]) {
  test(`O-06: the number \`${text.slice(0, 20)}\` is refused without a sentence, as AWS does`, () => {
    assert.equal(refusal('GetSessionToken', `DurationSeconds=${text}`), 'MalformedInput 400: ')
  })
}

test('an empty number is refused with the sentence of AWS', () => {
  assert.equal(refusal('GetSessionToken', 'DurationSeconds='), 'MalformedInput 400: missing value for decimal type')
})

test('O-02: booleans are `true`, `false`, `1` and `0`, and nothing else', () => {
  const read = (text: string): unknown =>
    decode('CreateLoginProfile', `PasswordResetRequired=${text}`).PasswordResetRequired
  assert.deepEqual(['true', '1', 'false', '0'].map(read), [true, true, false, false])
  for (const text of ['True', 'FALSE', 'yes', 'no', '', '2', '%20true', 'null']) {
    assert.equal(refusal('CreateLoginProfile', `PasswordResetRequired=${text}`), 'MalformedInput 400: ')
  }
})

test('B-02: a name that differs in case is an unknown name at every level, and is ignored', () => {
  const body = 'username=a&USERNAME=b&tags.member.1.Key=k&Tags.Member.1.Key=k&Tags.member.1.key=k&Tags.member.1.KEY=k'
  assert.deepEqual(decode('CreateUser', body), {})
})

test('B-03: `member.01` is `member.1`, and both together are refused', () => {
  assert.deepEqual(decode('CreateUser', tag('01')), { Tags: [{ Key: 'k01', Value: 'v' }] })
  assert.equal(
    refusal('CreateUser', `${tag('1')}&${tag('01')}`),
    'MalformedInput 400: The index 1 occurs more than once',
  )
})

test('B-03: at most ten elements are left out before an element, and those are null', () => {
  const keys = (...indexes: number[]): string => indexes.map((index) => `TagKeys.member.${index}=k`).join('&')
  const read = (body: string): readonly unknown[] => decode('UntagUser', body).TagKeys
  assert.deepEqual(read(keys(1, 3)), ['k', undefined, 'k'])
  assert.equal(read(keys(11)).length, 11)
  assert.equal(read(keys(1, 11)).length, 11)
  assert.equal(
    refusal('UntagUser', keys(12)),
    'MalformedInput 400: Excessively sparse input would skip 11 list elements',
  )
  assert.equal(
    refusal('UntagUser', keys(1, 1500)),
    'MalformedInput 400: Excessively sparse input would skip 1,499 list elements',
  )
})

for (const [index, sentence] of [
  ['0', '0 is not a valid index'],
  ['00', '0 is not a valid index'],
  ['-1', 'Start of list found where not expected'],
  ['1e3', 'Start of list found where not expected'],
  ['x', 'Start of list found where not expected'],
  ['', 'Start of list found where not expected'],
  ['__proto__', 'Start of list found where not expected'],
  ['length', 'Start of list found where not expected'],
  ['999999999', 'Index 999999999 is illegal'],
  ['99999999999999999999', 'Index 99999999999999999999 is illegal'],
  ['214748369', 'Excessively sparse input would skip 214,748,368 list elements'],
] as const) {
  test(`B-03: the index \`${index}\` is refused, and nothing is allocated for it`, () => {
    assert.equal(refusal('CreateUser', tag(index)), `MalformedInput 400: ${sentence}`)
  })
}

test('B-03: a list without an index is refused', () => {
  assert.equal(refusal('UntagUser', 'TagKeys.member=x'), 'MalformedInput 400: Start of list found where not expected')
})

test('B-03: a list has at most 1,000 elements, holes counted', () => {
  const keys = (count: number, step: number): string =>
    Array.from({ length: count }, (_, index) => `TagKeys.member.${index * step + 1}=k`).join('&')
  assert.equal(decode('UntagUser', keys(1000, 1)).TagKeys.length, 1000)
  for (const body of [keys(1001, 1), keys(101, 10)]) {
    assert.equal(refusal('UntagUser', body), 'MalformedInput 400: A list has more than 1000 elements')
  }
})

test('B-03: a name that is deeper than the model is unknown below it, and costs nothing', () => {
  const deep = '.x'.repeat(200)
  assert.deepEqual(
    decode('CreateUser', `Tags.member.1.Key=k&Tags.member.1.Other${deep}=1&Tags.other${deep}=1&Other${deep}=1`),
    {
      Tags: [{ Key: 'k' }],
    },
  )
  assert.equal(refusal('CreateUser', `UserName${deep}=1`), 'MalformedInput 400: Start of list found where not expected')
})

test('B-03: no input of the model is nested deeper than ten levels', () => {
  const depths = operations.flatMap(({ input }) => [...walkShape(input)].map(({ path }) => path.length))
  assert.ok(Math.max(...depths) <= 10)
})

test('text where the model has text only, with something below it, is refused as AWS does', () => {
  assert.equal(refusal('GetUser', 'UserName.member.1=a'), 'MalformedInput 400: Start of list found where not expected')
})

test('B-04: names that objects inherit are unknown names, at every level', () => {
  const hostile = ['__proto__', 'constructor', 'constructor.prototype.x', '__proto__.x', 'toString', 'hasOwnProperty']
  const body = hostile.flatMap((name) => [`${name}=1`, `Tags.member.1.${name}=1`, `Tags.${name}=1`]).join('&')
  assert.deepEqual(decode('CreateUser', `UserName=a&Tags.member.1.Key=k&${body}`), {
    UserName: 'a',
    Tags: [{ Key: 'k' }],
  })
  assert.equal(Reflect.get({}, 'x'), undefined)
})

test('B-04: O-01: a key of a map may be any name, and changes nothing but the map', () => {
  const body =
    'Properties.entry.1.key=__proto__&Properties.entry.1.value=1&Properties.entry.2.key=constructor&Properties.entry.2.value=2'
  const { Properties: properties } = decode('PutAccountProperties', body)
  assert.equal(Object.getPrototypeOf(properties), null)
  assert.deepEqual(Object.entries(properties), [
    ['__proto__', '1'],
    ['constructor', '2'],
  ])
})

test('a map entry without a key, and a key that occurs twice, are refused', () => {
  assert.match(
    refusal('PutAccountProperties', 'Properties.entry.1.value=v'),
    /^MalformedInput 400: A map entry has no key/,
  )
  const twice =
    'Properties.entry.1.key=k&Properties.entry.1.value=1&Properties.entry.2.key=k&Properties.entry.2.value=2'
  assert.match(refusal('PutAccountProperties', twice), /^MalformedInput 400: The key k occurs more than once/)
})

/** Names that look like those of the model, rightly and wrongly put together. */
const nameArbitrary = fc
  .array(
    fc.constantFrom(
      'Tags',
      'UserName',
      'PolicyArns',
      'ContextEntries',
      'Properties',
      'ReplacementValues',
      'Permissions',
      'member',
      'entry',
      'key',
      'value',
      'Key',
      'Values',
      '1',
      '01',
      '2',
      '0',
      '-1',
      '10',
      '999',
      '__proto__',
      'length',
      '',
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((segments) => segments.join('.'))

test('law: decoding and validating hostile parameters ends in an input or a Fault, never in another error', () => {
  const parameters = fc.dictionary(nameArbitrary, fc.string({ unit: 'binary', maxLength: 10 }), { maxKeys: 12 })
  fc.assert(
    fc.property(fc.constantFrom(...operations), parameters, (operation, entries) => {
      try {
        validate(operation, decodeQuery(operation, new Map(Object.entries(entries))))
      } catch (error) {
        assert.ok(error instanceof Fault, String(error))
      }
    }),
    { numRuns: 2000, seed: 42 },
  )
})

test('law: unknown names never change the result', () => {
  const unknown = fc.dictionary(nameArbitrary, fc.string(), { maxKeys: 5 })
  const known = fc.record(
    { UserName: fc.string(), 'Tags.member.1.Key': fc.string(), 'Tags.member.1.Value': fc.string() },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(known, unknown, (parameters, others) => {
      const operation = getOperation('CreateUser')
      const unlike = Object.entries(others).flatMap(([name, value]) =>
        ['', 'Tags.', 'Tags.member.1.', 'Tags.member.7.', 'Tags.member.x.'].map(
          (prefix) => [`${prefix}x${name}`, value] as const,
        ),
      )
      const all = new Map([...unlike, ...Object.entries(parameters)])
      assert.deepEqual(decodeQuery(operation, all), decodeQuery(operation, new Map(Object.entries(parameters))))
    }),
    { seed: 42 },
  )
})

test('law: the order of parameters changes nothing', () => {
  const names = [
    'UserName',
    'Path',
    'Tags.member.1.Key',
    'Tags.member.1.Value',
    'Tags.member.2.Key',
    'Tags.member.3.Value',
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
      const read = (list: readonly string[]): unknown =>
        decodeQuery(getOperation('CreateUser'), new Map(list.map((name) => [name, name])))
      assert.deepEqual(read(order), read(names))
    }),
    { seed: 42 },
  )
})
