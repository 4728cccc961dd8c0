import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readContext } from './context.ts'
import { expandPattern, matchesPieces } from './pattern.ts'

const CONTEXT = readContext({
  'aws:UserName': 'a*b',
  'aws:PrincipalTag/empty': '',
  'aws:TagKeys': ['one'],
  'aws:userid': '${aws:username}',
})

describe('patterns', () => {
  it('F-08: match the whole text, `*` over everything, `?` one UTF-16 unit', () => {
    const rows: readonly (readonly [string, string, boolean])[] = [
      ['bucket', 'bucket/x', false],
      ['bucket*', 'bucket:x/y\nz', true],
      ['*', '', true],
      ['?', '', false],
      ['a?c', 'abc', true],
      ['a*b*c', 'aXbYbZc', true],
      ['a*b*c', 'aXbYbZ', false],
      ['?', '😀', false],
      ['??', '😀', true],
      ['[a-z]\\', '[a-z]\\', true],
    ]
    for (const [pattern, text, expected] of rows) assert.equal(matches(pattern, text), expected, `${pattern} ${text}`)
  })

  it('F-05: what a variable brings is literal, and is not expanded again', () => {
    assert.ok(matches('x/${aws:username}', 'x/a*b'))
    assert.ok(!matches('x/${aws:username}', 'x/aXb'))
    assert.ok(matches('${AWS:USERID}', '${aws:username}'))
    assert.ok(matches('${*}${?}${$}{x}', '*?${x}'))
    assert.ok(!matches('${*}', 'x'))
  })

  it('F-06: without a value and a default there is nothing to match', () => {
    assert.equal(pieces('${aws:missing}'), undefined)
    assert.ok(matches("${aws:missing, 'it*'}", 'it*'))
    assert.ok(!matches("${aws:missing, 'it*'}", 'item'))
    assert.ok(matches("x${aws:PrincipalTag/Empty, 'it'}", 'x'))
    assert.ok(matches("x${aws:missing, ''}", 'x'))
  })

  it('malformed ones have no value, but an open brace is text', () => {
    for (const pattern of ['${}', '${aws:username,x}', "${aws:username, 'x}", "${aws:username, 'it''s'}"]) {
      assert.equal(pieces(pattern), undefined, pattern)
    }
    assert.ok(matches('x${aws:username', 'x${aws:username'))
    assert.ok(matches('$x$', '$x$'))
  })

  it('a multivalued key is no variable, even with a default', () => {
    assert.equal(pieces('${aws:TagKeys}'), undefined)
    assert.equal(pieces("${aws:tagkeys, 'x'}"), undefined)
  })

  it('F-07: without variables the text is literal, its star a wildcard', () => {
    const old = expandPattern('${aws:username}*', { context: CONTEXT, hasVariables: false, hasWildcards: true })
    assert.ok(old !== undefined && matchesPieces(old, '${aws:username}!'))
  })
})

function pieces(pattern: string): ReturnType<typeof expandPattern> {
  return expandPattern(pattern, { context: CONTEXT, hasVariables: true, hasWildcards: true })
}

function matches(pattern: string, text: string): boolean {
  const found = pieces(pattern)
  return found !== undefined && matchesPieces(found, text)
}
