/** Arbitrary texts and documents that nobody means well with. Small pieces, so that they meet the code that reads them. */
import fc from 'fast-check'

/** Any UTF-16 units: halves of surrogate pairs, control characters, what looks like syntax. */
const units: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...'"\\{}[]:,*?$/-+.0123456789aeE\u0000\u001f \n\r\t\u2028\ufeff'.split('')),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
  { weight: 1, arbitrary: fc.constantFrom('\ud800', '\udc00', '\ud83d\ude00', 'ſ', 'K', '\u0130') },
)

export const anyTexts: fc.Arbitrary<string> = fc.string({ unit: units, maxLength: 60 })

/** What a value of any element may be. */
export const hostileValues: fc.Arbitrary<string> = fc.oneof(
  anyTexts,
  fc.constantFrom(
    '',
    '*',
    '?',
    '**',
    '${',
    '${}',
    '${*}',
    '${aws:username',
    "${a,'}",
    "${aws:username, '${'}",
    '${aws:tagkeys}',
    'arn',
    'arn:',
    ':::::',
    'arn:aws:s3:::',
    'arn:aws:iam::*:user/${aws:username}',
    'arn:*:*:*:*:*',
    'NaN',
    'Infinity',
    '-0',
    '1e3',
    '1e999999999',
    '0x10',
    '+1',
    '1.',
    '.5',
    '9'.repeat(400),
    `0.${'0'.repeat(400)}1`,
    '2026-02-30',
    '2026-01-01T25:00:00Z',
    '+292278994-01-01',
    '9223372036854775808',
    '-',
    'T',
    '0000-00-00',
    '::ffff:10.0.0.1',
    '10.0.0.0/0',
    '010.0.0.1',
    '1.2.3.4/33',
    'fe80::1%eth0',
    '::/129',
    '1::2::3',
    '0x7f.1',
    '/',
    '::',
    'true',
    'TRUE',
    'false',
    'null',
    'QQ==',
    'QR==',
    'A===',
    '\u0000',
  ),
)

/** Patterns of the kind that make a naive matcher go back for ever. */
const patterns: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('*', '?', 'a', 'aa', 'ab', 'b', '*a', '*?', '${*}', '${aws:username}'), { maxLength: 60 })
  .map((parts) => parts.join(''))

const OPERATORS = [
  'StringEquals',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLikeIfExists',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThanEqualsIfExists',
  'DateEquals',
  'DateGreaterThan',
  'DateNotEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddressIfExists',
  'ArnEquals',
  'ArnNotLike',
  'Null',
  'ForAllValues:StringLike',
  'ForAnyValue:StringNotEquals',
  'ForAllValues:NumericLessThan',
  'ForAnyValue:IpAddress',
  'Nonsense',
  'NullIfExists',
  'stringequals',
  '',
]
const KEYS = [
  'aws:username',
  'aws:TagKeys',
  'aws:SourceIp',
  'AWS:CURRENTTIME',
  's3:prefix',
  '',
  '__proto__',
  'aws:PrincipalTag/\u0000',
]

function listsOf(values: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return fc.oneof(values, fc.array(values, { maxLength: 4 }))
}

const principals: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant('*'),
  fc.dictionary(
    fc.constantFrom('AWS', 'Service', 'Federated', 'CanonicalUser', 'aws', '__proto__'),
    listsOf(hostileValues),
  ),
)

/** JSON numbers and booleans stand where texts do too. */
const operands: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: listsOf(hostileValues) },
  { weight: 1, arbitrary: fc.oneof(fc.double(), fc.boolean(), fc.constant(1e308)) },
)

const conditions = fc.dictionary(
  fc.constantFrom(...OPERATORS),
  fc.dictionary(fc.constantFrom(...KEYS), operands, { maxKeys: 3 }),
  { maxKeys: 3 },
)

const resources: fc.Arbitrary<unknown> = listsOf(
  fc.oneof(
    hostileValues,
    patterns,
    patterns.map((text) => `arn:aws:s3:::${text}`),
  ),
)

const statements: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Deny', 'allow', 'DENY'),
    action: fc.tuple(
      fc.constantFrom('Action', 'NotAction'),
      listsOf(fc.oneof(hostileValues, fc.constantFrom('*', 's3:*'))),
    ),
    resource: fc.option(fc.tuple(fc.constantFrom('Resource', 'NotResource'), resources)),
    principal: fc.option(fc.tuple(fc.constantFrom('Principal', 'NotPrincipal'), principals)),
    condition: conditions,
    sid: fc.option(anyTexts),
  })
  .map(({ effect: Effect, action, resource, principal, condition: Condition, sid }) => ({
    ...(sid === null ? {} : { Sid: sid }),
    Effect,
    [action[0]]: action[1],
    ...(resource === null ? {} : { [resource[0]]: resource[1] }),
    ...(principal === null ? {} : { [principal[0]]: principal[1] }),
    Condition,
  }))

/** Documents near the grammar, most of them within it. */
export const hostileDocuments: fc.Arbitrary<string> = fc
  .record({
    Version: fc.constantFrom('2012-10-17', '2008-10-17', '2026-01-01'),
    Statement: fc.oneof(statements, fc.array(statements, { maxLength: 3 })),
  })
  .map((document) => JSON.stringify(document))

/** The same with a few units of the text put in, taken out or doubled. */
export const damagedDocuments: fc.Arbitrary<string> = fc
  .tuple(hostileDocuments, fc.array(fc.tuple(fc.nat(), units, fc.nat(3)), { minLength: 1, maxLength: 4 }))
  .map(([text, damages]) => damages.reduce(damaged, text))

function damaged(text: string, [place, unit, kind]: readonly [place: number, unit: string, kind: number]): string {
  const at = place % (text.length + 1)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  if (kind === 0) return before + unit + after
  if (kind === 1) return before + after.slice(1)
  return kind === 2 ? before : before + text.slice(Math.max(0, at - 20), at) + after
}

/** Values of a request: of any kind, present or not. */
export const contextValues: fc.Arbitrary<string | readonly string[] | undefined> = fc.oneof(
  fc.constant(undefined),
  hostileValues,
  fc.array(hostileValues, { maxLength: 3 }),
)
