import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { callerIdentity, check, CREDENTIALS, get, NOW, REGION, STS, wire, withHeader } from '../test/world.ts'
import { canonicalPath, canonicalRequest } from './canonical-request.ts'
import { headerNames } from './http-request.ts'
import { canonicalQuery, parseQuery } from './query.ts'
import { SignatureFault } from './signature-fault.ts'
import { sign } from './sign.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }

describe('A-14: the path is canonicalised from the raw request target', () => {
  const paths: readonly (readonly [string, string])[] = [
    ['/', '/'],
    ['//', '/'],
    ['/./', '/'],
    ['/..', '/'],
    ['/../../etc/passwd', '/etc/passwd'],
    ['/a/../b', '/b'],
    ['/a/./b//c/', '/a/b/c/'],
    ['/a/.', '/a'],
    ['/a/..', '/'],
    ['/a/...', '/a/...'],
    ['/%2e%2e/b', '/%252e%252e/b'],
    ['/a/%2E/b', '/a/%252E/b'],
    ['/a%2Fb', '/a%252Fb'],
    ['/%252e', '/%25252e'],
    ['/a\\..\\b', '/a%5C..%5Cb'],
    ['/a\0b', '/a%00b'],
    ['/%00', '/%2500'],
    ['/\xc0\xae\xc0\xae/b', '/%C0%AE%C0%AE/b'],
    ['/%c0%ae', '/%25c0%25ae'],
    ['/%zz%', '/%25zz%25'],
    ['/a b+c', '/a%20b%2Bc'],
    ["/!$&'()*,;=:@", '/%21%24%26%27%28%29%2A%2C%3B%3D%3A%40'],
    ['/#/b', '/%23/b'],
    [wire('/é/ሴ/😀'), '/%C3%A9/%E1%88%B4/%F0%9F%98%80'],
  ]
  for (const [received, canonical] of paths) {
    test(`A-14: ${JSON.stringify(received)} becomes ${canonical}`, () => {
      assert.equal(canonicalPath(received, 'normalized'), canonical)
      assert.equal(canonicalPath(received, undefined), canonical)
      check(sign(get(received), CREDENTIALS, OPTIONS))
    })
  }

  test('A-14: an encoded dot segment is not the dot segment', () => {
    const signed = sign(get('/a/%2e%2e/b'), CREDENTIALS, OPTIONS)
    for (const target of ['/a/../b', '/b', '/a/%2E%2E/b', '/a/%252e%252e/b', '/a/.%2e/b']) {
      assert.throws(() => check({ ...signed, target }), SignatureFault)
    }
  })

  for (const target of ['', '*', 'http://iam.example.test/', 'a/b', '?Action=a', '\\a', '%2F']) {
    test(`A-14: a target that is no path, ${JSON.stringify(target)}, is refused`, () => {
      const signed = sign(get('/'), CREDENTIALS, OPTIONS)
      assert.throws(() => check({ ...signed, target }), SignatureFault)
      assert.throws(() => sign(get(target), CREDENTIALS, OPTIONS), SignatureFault)
    })
  }

  test('A-14: a service that takes the path verbatim has nothing removed and nothing encoded again', () => {
    for (const path of ['/a/../b//c/./', '/a%2Fb', '/%2e%2E', '/']) assert.equal(canonicalPath(path, 'verbatim'), path)
    for (const path of ['/a b', '/a\nb', wire('/é'), '/\u0141'])
      assert.throws(() => canonicalPath(path, 'verbatim'), SignatureFault)
  })
})

describe('A-15: the query is decoded once and encoded strictly', () => {
  const queries: readonly (readonly [string, string])[] = [
    ['', ''],
    ['&&', ''],
    ['a', 'a='],
    ['=', '='],
    ['=a', '=a'],
    ['a=&a', 'a=&a='],
    ['a=b=c', 'a=b%3Dc'],
    ['b=1&a=2', 'a=2&b=1'],
    ['a=2&a=1&a=10', 'a=1&a=10&a=2'],
    ['a-=1&a=2', 'a=2&a-=1'],
    ['a=b+c', 'a=b%20c'],
    ['a=b%20c', 'a=b%20c'],
    ['a=b%2Bc', 'a=b%2Bc'],
    ['a=%7e%2D%5f', 'a=~-_'],
    ['a=%e1%88%b4', 'a=%E1%88%B4'],
    [wire('ሴ=é'), '%E1%88%B4=%C3%A9'],
    ['a=%ff%FE', 'a=%FF%FE'],
    ['a=\xff', 'a=%FF'],
    ['a=%00', 'a=%00'],
    ['a=%252F', 'a=%252F'],
    ['A=1&a=1&B=1', 'A=1&B=1&a=1'],
    ["a=!'()*;/?:@$,[]#", 'a=%21%27%28%29%2A%3B%2F%3F%3A%40%24%2C%5B%5D%23'],
    ['%26=%3D', '%26=%3D'],
    ['__proto__=1&constructor=2', '__proto__=1&constructor=2'],
  ]
  for (const [received, canonical] of queries) {
    test(`A-15: ${JSON.stringify(received)} becomes ${JSON.stringify(canonical)}`, () => {
      assert.equal(canonicalQuery(parseQuery(received)), canonical)
      check(sign(get(`/?${received}`), CREDENTIALS, OPTIONS))
    })
  }

  test('A-15, O-11: names above U+FFFF sort by their bytes', () => {
    // U+FF5E comes before U+1F600 in bytes, and after its first half in UTF-16.
    assert.equal(canonicalQuery(parseQuery(wire('😀=1&～=2'))), '%EF%BD%9E=2&%F0%9F%98%80=1')
  })

  test('A-15: a plus sign is a space to the form that is read afterwards, and so it is here', () => {
    const signed = sign(get('/?UserName=a%2Bb'), CREDENTIALS, OPTIONS)
    assert.throws(() => check({ ...signed, target: '/?UserName=a+b' }), SignatureFault)
    check({ ...sign(get('/?UserName=a%20b'), CREDENTIALS, OPTIONS), target: '/?UserName=a+b' })
  })

  for (const broken of ['%', '%2', '%zz', '%-1', '%+1', '% 1', 'a=%', 'a%=1', '%u1234']) {
    test(`A-15: the broken escape in \`${broken}\` is refused, signed or not`, () => {
      const isMalformed = (fault: unknown): boolean =>
        fault instanceof SignatureFault && fault.code === 'MalformedQueryString'
      assert.throws(() => check(get(`/?${broken}`)), isMalformed)
      assert.throws(() => check({ ...sign(get('/'), CREDENTIALS, OPTIONS), target: `/?${broken}` }), isMalformed)
    })
  }
})

describe('A-16: header values are trimmed, their whitespace collapsed, their order kept', () => {
  const values: readonly (readonly [string, string])[] = [
    ['a', 'a'],
    ['', ''],
    [' ', ''],
    [' \t \t', ''],
    ['  a  b  ', 'a b'],
    ['a\tb', 'a b'],
    ['a \t b', 'a b'],
    ['a\r\n  b', 'a b'],
    ['"a   b"', '"a b"'],
    ['a,b, c', 'a,b, c'],
    [wire('é  ሴ'), 'Ã© á\x88´'],
    // Half of "à" in UTF-8 is the byte A0, which Unicode calls a space: it is none.
    ['\xc3\xa0', '\xc3\xa0'],
    ['\xa0a\xa0', '\xa0a\xa0'],
  ]
  for (const [received, canonical] of values) {
    test(`A-16: ${JSON.stringify(received)} becomes ${JSON.stringify(canonical)}`, () => {
      const text = canonicalOf(['Host', 'h', 'X-Value', received], ['host', 'x-value'])
      assert.equal(text, `GET\n/\n\nhost:h\nx-value:${canonical}\n\nhost;x-value\nHASH`)
      check(sign(callerIdentity(['X-Value', received]), CREDENTIALS, OPTIONS))
    })
  }

  test('A-16: values of one name are joined in the order received, whatever stands between', () => {
    const rawHeaders = ['X-A', ' 2', 'Host', 'h', 'x-a', '1 ', 'X-B', 'b', 'X-A', '2']
    assert.match(canonicalOf(rawHeaders, ['host', 'x-a']), /\nx-a:2,1,2\n/)
    const signed = sign(callerIdentity(['X-A', '1', 'X-A', '2']), CREDENTIALS, OPTIONS)
    const swapped = withHeader(signed, 'X-A', (value) => (value === '1' ? '2' : '1'))
    assert.throws(() => check(swapped), SignatureFault)
  })

  test('A-16: the bytes of a value are verified, not their reading as UTF-8 or latin1', () => {
    const signed = sign(callerIdentity(['X-A', wire('é')]), CREDENTIALS, OPTIONS)
    check(signed)
    for (const other of ['é', 'e', '\xc3\xaa']) {
      assert.throws(() => check(withHeader(signed, 'X-A', () => other)), SignatureFault)
    }
  })

  test('A-16: a character that no byte stands for is refused: U+0141 is no A, U+010A no line feed', () => {
    const signed = sign(callerIdentity(['X-A', 'A']), CREDENTIALS, OPTIONS)
    for (const other of ['\u0141', 'A\u010ax-b:c', '😀']) {
      assert.throws(() => check(withHeader(signed, 'X-A', () => other)), SignatureFault)
      assert.throws(() => sign(callerIdentity(['X-A', other]), CREDENTIALS, OPTIONS), SignatureFault)
    }
    assert.throws(() => sign(get('/\u0141'), CREDENTIALS, OPTIONS), SignatureFault)
    assert.throws(() => sign(get('/?\u0141'), CREDENTIALS, OPTIONS), SignatureFault)
  })

  test('A-16: a line break in a value or method adds no line to the canonical request', () => {
    assert.match(canonicalOf(['Host', 'h\nx-a:b'], ['host']), /\nhost:h x-a:b\n/)
    assert.throws(() => check({ ...sign(get('/'), CREDENTIALS, OPTIONS), method: 'GET\n' }), SignatureFault)
  })
})

function canonicalOf(rawHeaders: readonly string[], signedHeaders: readonly string[]): string {
  const request = { ...get('/'), rawHeaders }
  return canonicalRequest(request, {
    path: '/',
    query: '',
    headerNames: headerNames(request.rawHeaders),
    signedHeaders,
    payloadHash: 'HASH',
  })
}
