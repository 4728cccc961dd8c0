import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeFault, encodeResult } from './encode.ts'
import { Fault } from './fault.ts'
import { getOperation, type OperationName, type Output } from './service.ts'
import { elementWriter } from './xml/element-writer.ts'

const created = new Date('2026-01-01T00:00:00.999Z')
const user = { Path: '/', UserName: 'a', UserId: 'AIDA', Arn: 'arn:aws:iam::123456789012:user/a', CreateDate: created }

function body<N extends OperationName>(name: N, output: Output<N>): string {
  return encodeResult(getOperation(name), output, 'r-1').body
}

test('a result is wrapped as awsQuery wraps it, members in the order of the model', () => {
  const answer = encodeResult(getOperation('GetUser'), { User: user }, 'r-1')
  assert.deepEqual(answer, {
    status: 200,
    contentType: 'text/xml',
    body:
      '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User>' +
      '<Path>/</Path><UserName>a</UserName><UserId>AIDA</UserId><Arn>arn:aws:iam::123456789012:user/a</Arn>' +
      '<CreateDate>2026-01-01T00:00:00Z</CreateDate>' +
      '</User></GetUserResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetUserResponse>',
  })
})

test('an operation without output answers no result element', () => {
  assert.equal(
    body('DeleteUser', {}),
    '<DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">' +
      '<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DeleteUserResponse>',
  )
})

test('STS answers in its own namespace', () => {
  assert.match(
    body('GetCallerIdentity', { UserId: 'u', Account: '1', Arn: 'a' }),
    /^<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/"><GetCallerIdentityResult><UserId>u<\/UserId>/,
  )
})

test('an empty list is an empty element, an absent one is absent', () => {
  assert.match(body('GetUser', { User: { ...user, Tags: [] } }), /<\/CreateDate><Tags\/><\/User>/)
  assert.doesNotMatch(body('GetUser', { User: { ...user, Tags: undefined } }), /Tags/)
})

test('lists have members, maps have entries, booleans and numbers are bare', () => {
  assert.match(
    body('ListUserTags', { Tags: [{ Key: 'k', Value: '' }], IsTruncated: false }),
    /<Tags><member><Key>k<\/Key><Value\/><\/member><\/Tags><IsTruncated>false<\/IsTruncated>/,
  )
  assert.match(
    body('GetAccountSummary', { SummaryMap: { Users: 0, Groups: 2 } }),
    /<SummaryMap><entry><key>Users<\/key><value>0<\/value><\/entry><entry><key>Groups<\/key><value>2<\/value><\/entry><\/SummaryMap>/,
  )
})

test('bytes are base64', () => {
  assert.match(body('GetCredentialReport', { Content: Buffer.from('user,arn') }), /<Content>dXNlcixhcm4=<\/Content>/)
})

test('B-06: text cannot leave its element, and what XML cannot carry is never sent', () => {
  const hostile = ']]></UserName><UserName>root</UserName><!--&amp;"\u0000\u000B\uFFFE\uD800x\r\n'
  const text = body('GetUser', { User: { ...user, UserName: hostile } })
  assert.ok(
    text.includes(
      '<UserName>]]&gt;&lt;/UserName&gt;&lt;UserName&gt;root&lt;/UserName&gt;&lt;!--&amp;amp;&quot;\uFFFD\uFFFD\uFFFD\uFFFDx&#xD;\n</UserName>',
    ),
    text,
  )
})

test('B-06: law: no text adds markup or a character that XML 1.0 forbids, in a result, a fault or a request id', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('<', '>', '&', ']', '\0', '\uFFFF', '\uDFFF', 'a') }),
      (a, b) => {
        const answers = [
          body('GetUser', { User: { ...user, UserName: a, Tags: [{ Key: b, Value: a }] } }),
          encodeFault('iam', new Fault(b, a, { status: 400 }), b).body,
          encodeResult(getOperation('DeleteUser'), {}, a).body,
        ]
        for (const answer of answers) {
          assert.ok(answer.isWellFormed())
          // oxlint-disable-next-line no-control-regex -- The characters that XML 1.0 forbids.
          assert.doesNotMatch(answer, /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/)
          assert.doesNotMatch(
            answer.replaceAll(/<\/?[A-Za-z]+( xmlns="[^"<]+")?\/?>/g, ''),
            /[<>]|&(?!(amp|lt|gt|quot|#xD);)/,
          )
        }
      },
    ),
    { numRuns: 500, seed: 42 },
  )
})

test('a fault becomes an ErrorResponse with the side that is to blame', () => {
  assert.deepEqual(encodeFault('iam', new Fault('NoSuchEntity', 'No <such> user.', { status: 404 }), 'r-1'), {
    status: 404,
    contentType: 'text/xml',
    body:
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>' +
      '<Message>No &lt;such&gt; user.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
  })
  assert.match(
    encodeFault('sts', new Fault('ServiceFailure', 'x', { status: 500 }), 'r').body,
    /<Type>Receiver<\/Type>/,
  )
  assert.match(
    encodeFault('sts', new Fault('X', 'x', { status: 500, side: 'Sender' }), 'r').body,
    /<Type>Sender<\/Type>/,
  )
})

test('a fault without a sentence has no message element', () => {
  const answer = encodeFault('iam', new Fault('MalformedInput', '', { status: 400 }), 'r-1')
  assert.match(answer.body, /<Code>MalformedInput<\/Code><\/Error>/)
})

test('the JSON protocol answers members, and faults with their type', () => {
  const quotas = { Quotas: [{ Name: 'users', Value: 10 }] }
  assert.deepEqual(encodeResult(getOperation('GetAccountQuotas'), quotas, 'r-1'), {
    status: 200,
    contentType: 'application/x-amz-json-1.1',
    body: '{"Quotas":[{"Name":"users","Value":10}]}',
  })
  assert.deepEqual(encodeFault('iamd', new Fault('ValidationException', 'a "b"', { status: 400 }), 'r-1'), {
    status: 400,
    contentType: 'application/x-amz-json-1.1',
    body: '{"__type":"ValidationException","message":"a \\"b\\""}',
  })
})

test('an output of another type than its shape is a bug, and its value stays out of the message', () => {
  const operation = getOperation('CreateAccessKey')
  const key = { UserName: 'a', AccessKeyId: 'AKIA', Status: 'Active', SecretAccessKey: 'wJalrXUt' }
  for (const output of [
    undefined,
    {},
    { AccessKey: key.SecretAccessKey },
    { AccessKey: { ...key, Status: undefined } },
    { AccessKey: { ...key, CreateDate: key.SecretAccessKey } },
  ]) {
    assert.throws(
      () => encodeResult(operation, output, 'r'),
      (error) => error instanceof TypeError && !error.message.includes('wJalrXUt'),
    )
  }
  assert.throws(
    () => encodeResult(getOperation('GetAccountQuotas'), { Quotas: [{ Name: 'a', Value: '1' }] }, 'r'),
    TypeError,
  )
  assert.throws(() => encodeResult(getOperation('GetAccountQuotas'), {}, 'r'), /lacks `Quotas`/)
})

test('members that the model does not know are not sent', () => {
  const output = { Users: [{ ...user, Password: 'secret' }], IsTruncated: false, Password: 'secret' }
  assert.doesNotMatch(encodeResult(getOperation('ListUsers'), output, 'r').body, /secret|Password/)
})

test('elements of every kind of value are written', () => {
  const write = (shape: Parameters<typeof elementWriter>[1], value: unknown): string => elementWriter('A', shape)(value)
  assert.equal(write({ kind: 'blob', name: 'blob', isSensitive: false }, new Uint8Array()), '<A/>')
  assert.equal(write({ kind: 'integer', name: 'integer', min: undefined, max: undefined }, -5), '<A>-5</A>')
  assert.equal(write({ kind: 'timestamp', name: 'timestamp' }, new Date(0)), '<A>1970-01-01T00:00:00Z</A>')
  assert.throws(() => write({ kind: 'timestamp', name: 'timestamp' }, new Date(Number.NaN)), RangeError)
  assert.throws(() => write({ kind: 'integer', name: 'integer', min: undefined, max: undefined }, 2 ** 53), TypeError)
})
