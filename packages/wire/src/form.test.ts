import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from './fault.ts'
import { type Form, parseForm } from './form.ts'

function parse(text: string): Form {
  return parseForm(Buffer.from(text, 'latin1'))
}

const refused = { name: 'Fault', code: 'MalformedQueryString', status: 400 }

test('names and values are decoded, plus signs as spaces', () => {
  const form = parse('Action=CreateUser&UserName=a+b%2Bc%C3%A9&Empty=&Bare&=nameless')
  assert.deepEqual(
    [...form],
    [
      ['Action', 'CreateUser'],
      ['UserName', 'a b+cé'],
      ['Empty', ''],
      ['Bare', ''],
      ['', 'nameless'],
    ],
  )
})

test('an empty body and stray separators are no parameters', () => {
  assert.deepEqual([...parse('')], [])
  assert.deepEqual([...parse('&&a=1&')], [['a', '1']])
})

test('only the first equals sign separates a name from its value', () => {
  assert.equal(parse('a=b=c').get('a'), 'b=c')
})

test('UTF-8 is read whether it is escaped or not', () => {
  assert.equal(parseForm(Buffer.from('a=é', 'utf8')).get('a'), 'é')
})

for (const [what, text] of [
  ['the same parameter twice', 'UserName=a&UserName=b'],
  ['the same parameter twice in two spellings', 'UserName=a&User%4eame=b'],
  ['the same parameter twice with the same value', 'a=1&a=1'],
] as const) {
  test(`B-01: ${what} is refused`, () => {
    assert.throws(() => parse(text), refused)
  })
}

test('B-01: two Actions are refused, whatever their values', () => {
  assert.throws(() => parse('Action=GetUser&Version=2010-05-08&Action=DeleteUser'), refused)
})

test('O-03: a parameter never becomes a list by being sent twice', () => {
  assert.throws(() => parse('a=1&a=2'), refused)
})

for (const text of ['a=%', 'a=%4', 'a=%zz', '%=a', 'a=%C3', 'a=%C0%AF', 'a=%ED%A0%80', 'a=%FF', 'a=\xFF', 'a=\xC3(']) {
  test(`O-09: the body \`${text}\`, which is no UTF-8 or badly escaped, is refused`, () => {
    assert.throws(() => parse(text), refused)
  })
}

test('B-03: more parameters than any operation can need are refused', () => {
  const some = Array.from({ length: 10_000 }, (_, index) => `p${index}=`).join('&')
  assert.equal(parse(some).size, 10_000)
  assert.throws(() => parse(`${some}&one-more=`), refused)
})

test('B-10: a name longer than any that the model knows is refused', () => {
  assert.equal(parse(`${'a'.repeat(512)}=1`).size, 1)
  assert.throws(() => parse(`${'a'.repeat(513)}=1`), refused)
})

test('B-04: names that objects inherit are names like any other', () => {
  const form = parse('__proto__=1&constructor=2&toString=3')
  assert.equal(form.get('__proto__'), '1')
  assert.equal(form.size, 3)
  assert.equal(Reflect.get({}, '1'), undefined)
})

test('any bytes are parsed or refused with a Fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        parseForm(bytes)
      } catch (error) {
        assert.ok(error instanceof Fault)
      }
    }),
  )
})

test('what URLSearchParams writes is read back', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ unit: 'grapheme' })),
      (entries) => {
        const pairs = Object.entries(entries)
        assert.deepEqual([...parse(new URLSearchParams(pairs).toString())], pairs)
      },
    ),
  )
})
