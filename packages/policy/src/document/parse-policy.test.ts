import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Finding } from '../finding.ts'
import { findOperatorName } from './operator-name.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyDocument } from './policy-document.ts'
import { policySizeWithoutWhitespace } from './policy-size.ts'

const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }

describe('parsePolicy', () => {
  it('reads every element with its place', () => {
    const text = [
      '{ "Version": "2012-10-17", "Id": "one",',
      '  "Statement": [{ "Sid": "First", "Effect": "Deny", "NotAction": ["s3:Get*"],',
      '    "NotResource": "*", "Condition": { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a", 1, true] } } }] }',
    ].join('\n')
    const { version, id, statements, lines } = parsed(text)
    assert.deepEqual([version, id?.value, statements.length], ['2012-10-17', 'one', 1])
    const [statement] = statements
    assert.ok(statement !== undefined)
    assert.deepEqual([statement.sid?.value, statement.effect.value], ['First', 'Deny'])
    assert.deepEqual([statement.action?.name, statement.action?.isComplement], ['NotAction', true])
    assert.deepEqual([statement.resource?.name, statement.resource?.isComplement], ['NotResource', true])
    assert.deepEqual(lines.positionAt(statement.start), { line: 2, column: 17 })
    assert.deepEqual(lines.positionAt(statement.end), { line: 3, column: 111 })
    const [block] = statement.conditions
    assert.deepEqual(block?.operator, { qualifier: 'ForAnyValue', operator: 'StringLike', ifExists: true })
    assert.deepEqual(
      block?.keys[0]?.values.map(({ value }) => value),
      ['a', '1', 'true'],
    )
  })

  it('takes 2008-10-17 for the version of a document without one', () => {
    assert.equal(parsed({ Statement: ALLOW }).version, '2008-10-17')
    assert.equal(parsed({ Statement: ALLOW }).versionElement, undefined)
  })

  it('reads principals, which other kinds of policy have', () => {
    const principalOf = (Principal: unknown) => parsed({ Statement: { ...ALLOW, Principal } }).statements[0]?.principal
    const named = principalOf({ AWS: ['111122223333', '*'], Service: 'ec2.amazonaws.com' })?.principals
    assert.deepEqual(
      named?.map(({ type, value }) => `${type} ${value.value}`),
      ['AWS 111122223333', 'AWS *', 'Service ec2.amazonaws.com'],
    )
    assert.deepEqual(
      principalOf('*')?.principals.map(({ type }) => type),
      ['*'],
    )
  })

  const faults: readonly (readonly [name: string, document: unknown, code: string, path: string])[] = [
    ['a document that is a list', [], 'WrongType', ''],
    ['a document that is null', null, 'WrongType', ''],
    ['no Statement', { Version: '2012-10-17' }, 'MissingElement', ''],
    ['an empty Statement', { Statement: [] }, 'EmptyElement', 'Statement'],
    ['a Statement that is a text', { Statement: ['x'] }, 'WrongType', 'Statement[0]'],
    ['a version of no policy language', { Version: '2013-10-17', Statement: ALLOW }, 'UnknownVersion', 'Version'],
    ['a version that is a number', { Version: 2012, Statement: ALLOW }, 'WrongType', 'Version'],
    ['an Id that is an object', { Id: {}, Statement: ALLOW }, 'WrongType', 'Id'],
    ['F-18: an unknown element of the document', { Statment: [], Statement: ALLOW }, 'UnknownElement', 'Statment'],
    [
      'F-18: an unknown element of a statement',
      { Statement: { ...ALLOW, Condtion: {} } },
      'UnknownElement',
      'Statement.Condtion',
    ],
    [
      'F-18: an element in another case',
      { Statement: { ...ALLOW, resource: '*' } },
      'UnknownElement',
      'Statement.resource',
    ],
    [
      'O-01: an element named __proto__',
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","__proto__":{}}}',
      'UnknownElement',
      'Statement.__proto__',
    ],
    ['no Effect', { Statement: { Action: '*', Resource: '*' } }, 'MissingElement', 'Statement'],
    ['an Effect that is neither', { Statement: { ...ALLOW, Effect: 'Permit' } }, 'UnknownEffect', 'Statement.Effect'],
    ['O-02: an Effect that is true', { Statement: { ...ALLOW, Effect: true } }, 'WrongType', 'Statement.Effect'],
    ['O-03: an Effect that is a list', { Statement: { ...ALLOW, Effect: ['Allow'] } }, 'WrongType', 'Statement.Effect'],
    ['a Sid that is an object', { Statement: { ...ALLOW, Sid: {} } }, 'WrongType', 'Statement.Sid'],
    ['an Action that is an object', { Statement: { ...ALLOW, Action: {} } }, 'WrongType', 'Statement.Action'],
    ['an Action with a list in it', { Statement: [{ ...ALLOW, Action: [[]] }] }, 'WrongType', 'Statement[0].Action[0]'],
    ['an Action that is null', { Statement: { ...ALLOW, Action: null } }, 'WrongType', 'Statement.Action'],
    [
      'a Resource with an object in it',
      { Statement: { ...ALLOW, Resource: ['*', {}] } },
      'WrongType',
      'Statement.Resource[1]',
    ],
    [
      'Action beside NotAction',
      { Statement: { ...ALLOW, NotAction: 'x:y' } },
      'ElementAndComplement',
      'Statement.NotAction',
    ],
    [
      'an empty Action beside NotAction',
      { Statement: { ...ALLOW, Action: [], NotAction: 'x:y' } },
      'ElementAndComplement',
      'Statement.NotAction',
    ],
    [
      'Resource beside NotResource',
      { Statement: { ...ALLOW, NotResource: [] } },
      'ElementAndComplement',
      'Statement.NotResource',
    ],
    [
      'Principal beside NotPrincipal',
      { Statement: { ...ALLOW, Principal: '*', NotPrincipal: '*' } },
      'ElementAndComplement',
      'Statement.NotPrincipal',
    ],
    [
      'a Principal that is another text than *',
      { Statement: { ...ALLOW, Principal: 'me' } },
      'WrongType',
      'Statement.Principal',
    ],
    ['a Condition that is a list', { Statement: { ...ALLOW, Condition: [] } }, 'WrongType', 'Statement.Condition'],
    [
      'an operator with a text',
      { Statement: { ...ALLOW, Condition: { Bool: 'x' } } },
      'WrongType',
      'Statement.Condition.Bool',
    ],
    [
      'an operator with a list',
      { Statement: { ...ALLOW, Condition: { Bool: [] } } },
      'WrongType',
      'Statement.Condition.Bool',
    ],
    [
      'a condition value that is an object',
      { Statement: { ...ALLOW, Condition: { Bool: { a: {} } } } },
      'WrongType',
      'Statement.Condition.Bool.a',
    ],
    [
      'a condition value that is null',
      { Statement: { ...ALLOW, Condition: { Bool: { a: [null] } } } },
      'WrongType',
      'Statement.Condition.Bool.a',
    ],
    [
      'F-18: an unknown operator',
      { Statement: { ...ALLOW, Condition: { StringEqual: { a: 'b' } } } },
      'UnknownOperator',
      'Statement.Condition.StringEqual',
    ],
    [
      'F-17: a condition key in two cases',
      { Statement: { ...ALLOW, Condition: { Bool: { 'aws:A': true, 'aws:a': true } } } },
      'DuplicateKey',
      'Statement.Condition.Bool.aws:a',
    ],
    [
      'F-17: two Effects',
      '{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}',
      'DuplicateKey',
      '',
    ],
    ['N-02: a document nested too deep', `{"Statement":${'['.repeat(100)}`, 'TooDeep', ''],
    ['no JSON', 'not json', 'InvalidJson', ''],
    ['nothing', '', 'InvalidJson', ''],
  ]
  for (const [name, document, code, path] of faults) {
    it(`refuses ${name}`, () => {
      const [finding] = findingsOf(document)
      assert.deepEqual(
        [finding?.code, finding?.path, finding?.severity, finding?.message],
        [code, path, 'error', 'Syntax errors in policy.'],
      )
    })
  }

  it('names every fault of grammar, each with line and column', () => {
    const text = '{\n "Version": 1,\n "Statement": [{"Effect": "Allow"},\n  {"Effect": 2, "Action": 3}]\n}'
    assert.deepEqual(
      findingsOf(text).map(({ line, column, path }) => [line, column, path]),
      [
        [2, 13, 'Version'],
        [4, 14, 'Statement[1].Effect'],
        [4, 27, 'Statement[1].Action'],
      ],
    )
  })

  it('law: parser never throws and always says something', () => {
    const element = fc.constantFrom(
      'Version',
      'Statement',
      'Effect',
      'Action',
      'Resource',
      'Condition',
      'Principal',
      'Bool',
      'x',
    )
    const { value } = fc.letrec((tie) => ({
      leaf: fc.constantFrom<unknown>('Allow', '2012-10-17', '*', 1, true, null, ''),
      value: fc.oneof(
        { maxDepth: 5 },
        tie('leaf'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(element, tie('value'), { maxKeys: 5 }),
      ),
    }))
    fc.assert(
      fc.property(value, (document) => {
        const outcome = parsePolicy(JSON.stringify(document))
        assert.ok(outcome.ok || outcome.findings.length > 0)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('findOperatorName', () => {
  it('F-18: takes nothing but the operators of the language, in their spelling', () => {
    const bad = [
      '',
      'Equals',
      'stringequals',
      'StringEqual',
      'StringEqualsIfExistsIfExists',
      'IfExistsStringEquals',
      'ForAnyValue::StringEquals',
    ]
    const worse = [
      'ForAllValues:ForAnyValue:StringEquals',
      'forAnyValue:StringEquals',
      'ForAnyValue:',
      'ForAnyValue',
      'IfExists',
      'toString',
    ]
    for (const name of [...bad, ...worse]) assert.equal(findOperatorName(name), undefined, name)
  })

  it('has neither IfExists nor a qualifier for Null', () => {
    for (const name of ['NullIfExists', 'ForAnyValue:Null', 'ForAllValues:Null'])
      assert.equal(findOperatorName(name), undefined, name)
    assert.deepEqual(findOperatorName('Null'), { qualifier: undefined, operator: 'Null', ifExists: false })
  })
})

describe('policySizeWithoutWhitespace', () => {
  it('counts every character but white space', () => {
    assert.equal(policySizeWithoutWhitespace(' {\t"a" :\r\n 1 }\n'), 7)
    assert.equal(policySizeWithoutWhitespace(''), 0)
    assert.equal(policySizeWithoutWhitespace('\u00a0é'), 2)
  })

  it('law: indenting a document does not change its size', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(10), (text, indent) => {
        const spread = JSON.stringify(JSON.parse(text), undefined, indent)
        assert.equal(policySizeWithoutWhitespace(spread), policySizeWithoutWhitespace(JSON.stringify(JSON.parse(text))))
      }),
    )
  })
})

function parsed(source: unknown): PolicyDocument {
  const outcome = parsePolicy(textOf(source))
  return outcome.ok ? outcome.document : assert.fail(outcome.findings[0]?.detail)
}

function findingsOf(source: unknown): readonly Finding[] {
  const outcome = parsePolicy(textOf(source))
  return outcome.ok ? [] : outcome.findings
}

function textOf(source: unknown): string {
  return typeof source === 'string' ? source : JSON.stringify(source)
}
