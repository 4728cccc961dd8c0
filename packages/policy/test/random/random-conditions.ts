/**
 * Conditions and values of requests, directed by type: each operator meets operands and values of its own type, right, malformed, empty
 * and missing, and sometimes of another. Pools are small so that they meet often.
 */
import type { AskedValue } from '../../reference/question.ts'
import { makeAddress, makeArn, type Maker, makeNumber, makeText, makeTime } from './random-values.ts'
import type { SeededRandom } from './seeded-random.ts'

interface ValueType {
  readonly operators: readonly string[]
  readonly keys: readonly string[]
  readonly operands: readonly (string | number | boolean)[]
  readonly values: readonly string[]
  readonly make?: Maker
}

export const USER_ARN = 'arn:aws:iam::111122223333:user/ada'
export const ROLE_ARN = 'arn:aws:iam::111122223333:role/dev'

const SPELLINGS = ['', 'a', 'b', 'A', 'ab', 'a*b', 'ada', 's', 'S', 'k', '${aws:username}', '$', '?', '*', 'a b']
const VARIABLES = [
  '${aws:username}',
  '${AWS:UserName}*',
  "${aws:PrincipalTag/team, 'a'}",
  "x${s3:prefix,'b*'}",
  '${aws:PrincipalTag/none}',
  "${aws:PrincipalTag/none, 'a*'}?",
  '${aws:TagKeys}',
  "${aws:tagkeys, 'a'}",
  '${*}',
  'a${*}b',
  '${?}',
  '${$}{aws:username}',
  '${}',
  '${aws:username,x}',
  '${aws:username',
]

const TYPES: readonly ValueType[] = [
  {
    make: makeText,
    operators: [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    keys: ['aws:username', 'aws:PrincipalTag/team', 's3:prefix', 'aws:userid'],
    operands: [
      ...SPELLINGS,
      ...VARIABLES,
      ...VARIABLES,
      'a*',
      '*b',
      'a?b',
      '??',
      '?',
      '*',
      'İ',
      'ß',
      'é',
      'ΟΔΟΣ',
      'οδοσ',
      'K',
      1,
      true,
    ],
    values: [
      ...SPELLINGS,
      'ſ',
      '\u212a',
      'ΟΔΟΣ',
      'οδος',
      'οδοσ',
      '😀',
      'a\nb',
      'a😀b',
      'İ',
      'i̇',
      'ß',
      'é',
      'e\u0301',
      '1',
      'true',
    ],
  },
  {
    make: makeNumber,
    operators: comparisons('Numeric'),
    keys: ['s3:max-keys', 'aws:MultiFactorAuthAge'],
    operands: [
      '1',
      '01',
      '+1',
      '1.0',
      '1e0',
      '2',
      '-1',
      '10',
      '1e1',
      '0.5',
      1,
      10,
      2.5,
      '',
      'NaN',
      'Infinity',
      'one',
      '0x1',
      ' 1',
    ],
    values: [
      '1',
      '01',
      '+1',
      '1.0',
      '1e0',
      '2',
      '-1',
      '10',
      '10e-1',
      '0.50',
      '',
      'NaN',
      'Infinity',
      '-Infinity',
      'one',
      '0x1',
      '1e999',
      '1 ',
    ],
  },
  {
    make: makeTime,
    operators: comparisons('Date'),
    keys: ['aws:CurrentTime', 'aws:TokenIssueTime', 'aws:EpochTime'],
    operands: [
      '2020-01-01',
      '2020-01-01T00:00:00Z',
      '2020-01-01T01:00:00+01:00',
      '2019-12-31T23:59:59.999Z',
      '2020-01-01T00:00:00.001Z',
      '1577836800',
      1577836800,
      '1577836801',
      '2020-02-30',
      '2021-06-01T12:30:00-03:30',
      'now',
      '',
      '2020-13-01T00:00:00Z',
    ],
    values: [
      '2020-01-01',
      '2020-01-01T00:00:00Z',
      '2020-01-01T00:00:00.0004Z',
      '2020-01-01T00:00:00.500Z',
      '2019-12-31T19:00:00-05:00',
      '1577836800',
      '1577836801',
      '0',
      '2021-06-01T16:00:00Z',
      '2019-02-29',
      'now',
      '',
      '2020-01-01T25:00:00Z',
    ],
  },
  {
    operators: ['Bool'],
    keys: ['aws:SecureTransport', 'aws:MultiFactorAuthPresent'],
    operands: ['true', 'false', 'TRUE', true, false, '', 'yes', '1', 1],
    values: ['true', 'false', 'True', 'FALSE', '', 'yes', '1'],
  },
  {
    operators: ['BinaryEquals'],
    keys: ['test:Blob'],
    operands: ['QQ==', 'QUI=', 'QUJD', '', 'QQ', '*', 'QQ==\n'],
    values: ['QQ==', 'QUI=', 'QUJD', '', 'QQ', '*', 'A'],
  },
  {
    make: makeAddress,
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['aws:SourceIp', 'aws:VpcSourceIp'],
    operands: [
      '10.0.0.0/8',
      '10.0.0.1',
      '10.9.9.9/8',
      '0.0.0.0/0',
      '::/0',
      '2001:db8::/32',
      '2001:db8::1',
      '2001:db8::1/32',
      '::ffff:10.0.0.1',
      '::ffff:0:0/96',
      '192.0.2.0/25',
      '10.0.0.0/33',
      '2001:db8::/129',
      '10.0.0.0/',
      '010.0.0.0/8',
      'x',
      '',
    ],
    values: [
      '10.0.0.1',
      '10.1.2.3',
      '192.0.2.7',
      '192.0.2.200',
      '::1',
      '2001:db8::1',
      '2001:DB8:0:0::1',
      '::ffff:10.0.0.1',
      '::ffff:a00:1',
      '10.0.0',
      '10.0.0.256',
      '10.0.0.1/32',
      'fe80::1%eth0',
      'x',
      '',
    ],
  },
  {
    make: makeArn,
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['aws:SourceArn', 'aws:PrincipalArn'],
    operands: [
      USER_ARN,
      ROLE_ARN,
      'arn:aws:iam::*:role/*',
      'arn:aws:iam::111122223333:*',
      'arn:*:iam::*:user/ada',
      'arn:aws:iam:*',
      'arn:aws:s3:::${aws:username}',
      "arn:aws:s3:::${s3:prefix, 'b'}",
      'arn:aws:s3:::${aws:PrincipalTag/none}',
      'arn:aws:s3:::?',
      'arn:a?s:s3:::*',
      'arn:*:*:*:*:*',
      '${aws:PrincipalArn}',
      '*',
      'x',
    ],
    values: [
      USER_ARN,
      ROLE_ARN,
      'arn:aws:s3:::b',
      'arn:aws:s3:::ada',
      'arn:aws:s3:::b/x:y',
      'arn:aws:sns:eu-west-1:111122223333:topic',
      'arn:aws:s3',
      'x',
      '',
    ],
  },
]

/** Multivalued, in the lists of AWS; any type of operator is asked of them. */
const SETS = ['aws:TagKeys', 'aws:CalledVia', 'aws:PrincipalOrgPaths', 'aws:ResourceOrgPaths', 'sts:TransitiveTagKeys']

const NULLS = ['true', 'false', 'TRUE', true, false, '', 'x']

type Operands = Operand | readonly Operand[]

/** The element Condition of a statement, of one to three keys. */
export function randomCondition(random: SeededRandom): Record<string, Record<string, Operands>> {
  const condition: Record<string, Record<string, Operands>> = {}
  for (let left = 1 + random.below(random.chance(0.7) ? 1 : 3); left > 0; left -= 1) {
    const type = random.pick(TYPES)
    const key = spelled(random.chance(0.3) ? random.pick(SETS) : random.pick(type.keys), random)
    const isNull = random.chance(0.06)
    const operator = isNull ? 'Null' : operatorOf(type, key, random)
    const operands = isNull ? random.some(NULLS, 1, 3) : randomOperands(type, random)
    const [only] = operands
    const block = (condition[operator] ??= {})
    // Two keys that differ in case only are a mistake that cannot be stored.
    if (Object.keys(block).some((other) => other.toLowerCase() === key.toLowerCase())) continue
    block[key] = operands.length === 1 && only !== undefined && random.chance(0.7) ? only : operands
  }
  return condition
}

/** Values for all keys that conditions and variables may name. */
export function randomContext(random: SeededRandom): Record<string, AskedValue> {
  const context: Record<string, AskedValue> = {}
  for (const type of TYPES) {
    for (const key of type.keys) {
      if (random.chance(0.2)) continue
      const isAda = key === 'aws:username' && random.chance(0.5)
      const value = isAda ? 'ada' : randomValue(random.chance(0.9) ? type : random.pick(TYPES), random)
      context[spelled(key, random)] = random.chance(0.04) ? [value] : value
    }
  }
  for (const key of SETS) {
    if (random.chance(0.25)) continue
    const type = random.pick(random.chance(0.6) ? TYPES.slice(0, 1) : TYPES)
    const list = Array.from({ length: random.chance(0.1) ? 0 : 1 + random.below(3) }, () => randomValue(type, random))
    const [only] = list
    context[spelled(key, random)] = list.length === 1 && only !== undefined && random.chance(0.2) ? only : list
  }
  return context
}

function operatorOf(type: ValueType, key: string, random: SeededRandom): string {
  const isSet = SETS.some((set) => set.toLowerCase() === key.toLowerCase())
  const qualifier = random.chance(isSet ? 0.8 : 0.2) ? random.pick(['ForAllValues:', 'ForAnyValue:']) : ''
  return `${qualifier}${random.pick(type.operators)}${random.chance(0.25) ? 'IfExists' : ''}`
}

type Operand = ValueType['operands'][number]

function randomOperands(type: ValueType, random: SeededRandom): Operand[] {
  if (random.chance(0.01)) return []
  const from = random.chance(0.96) ? type : random.pick(TYPES)
  return random
    .some(from.operands, 1, 3)
    .map((operand) => (random.chance(0.25) ? (from.make?.(random, true) ?? operand) : operand))
}

function randomValue(type: ValueType, random: SeededRandom): string {
  return (random.chance(0.25) ? type.make?.(random, false) : undefined) ?? random.pick(type.values)
}

/** Names of keys may be written in any case. */
function spelled(key: string, random: SeededRandom): string {
  if (random.chance(0.85)) return key
  return random.chance(0.5) ? key.toLowerCase() : key.toUpperCase()
}

function comparisons(type: string): string[] {
  return ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (name) => type + name,
  )
}
