/** Nothing that a document contains may crash, hang or slow the process, or make a decision anything but one of three. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compile, compilePolicy, decide, explain, parsePolicy, POLICY_KINDS, checkPolicy } from '../../src/index.ts'
import type { AccessRequest, PoliciesInForce, PolicyDocument, Principal } from '../../src/index.ts'
import { anyTexts, contextValues, damagedDocuments, hostileDocuments, hostileValues } from './hostile-texts.ts'

const ACCOUNT = '111122223333'

const PRINCIPALS: readonly Principal[] = [
  { kind: 'anonymous' },
  { kind: 'root', accountId: ACCOUNT },
  { kind: 'user', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/a`, id: 'AIDAEXAMPLEEXAMPLEAA' },
  { kind: 'service', name: 'ec2.amazonaws.com' },
  { kind: 'federated', provider: 'accounts.google.com' },
]

const requests: fc.Arbitrary<AccessRequest> = fc
  .record({
    principal: fc.constantFrom(...PRINCIPALS),
    action: fc.oneof(fc.constantFrom('s3:GetObject', 'S3:GETOBJECT', ':', 's3'), anyTexts),
    resource: fc.oneof(fc.constantFrom('*', 'arn:aws:s3:::b/k', `arn:aws:s3:::${'a'.repeat(60)}`), hostileValues),
    value: contextValues,
  })
  .map(({ value, ...request }) => ({ ...request, context: { get: () => value } }))

/** The document as every kind of policy at once. */
function inForce(document: PolicyDocument): PoliciesInForce {
  const policies = compile([compilePolicy(document, { name: 'hostile', arn: undefined, attachedTo: 'anyone' })])
  return {
    identity: policies,
    boundary: policies,
    session: policies,
    serviceControl: [policies],
    resourceControl: [policies],
    resource: { policies, kind: 'grants' },
    endpoint: policies,
  }
}

const EFFECTS: ReadonlySet<string> = new Set(['allow', 'explicitDeny', 'implicitDeny'])

/** Whether the text was a document, so that a property can say that enough of them are. */
function survives(text: string, request: AccessRequest): boolean {
  for (const kind of POLICY_KINDS) {
    for (const { line, column, message } of checkPolicy(text, kind)) {
      assert.ok(line >= 1 && column >= 1 && message !== '')
    }
  }
  const parsed = parsePolicy(text)
  if (!parsed.ok) {
    assert.ok(parsed.findings.length > 0)
    return false
  }
  const policies = inForce(parsed.document)
  const decision = decide(request, policies)
  assert.ok(EFFECTS.has(decision.effect))
  assert.equal(decision.failure, undefined)
  assert.equal(decision.budgetExceeded, false)
  assert.deepEqual(explain(request, policies).decision, decision)
  return true
}

const RUNS = { numRuns: 400, seed: 20_261_122 }

describe('hostile input', () => {
  it('law: no text makes reading or checking throw', () => {
    fc.assert(
      fc.property(fc.oneof(anyTexts, damagedDocuments), requests, (text, request) => {
        survives(text, request)
      }),
      RUNS,
    )
  })

  it('law: no document makes checking, compiling, deciding or explaining throw', () => {
    let documents = 0
    fc.assert(
      fc.property(hostileDocuments, requests, (text, request) => {
        if (survives(text, request)) documents += 1
      }),
      RUNS,
    )
    assert.ok(documents > RUNS.numRuns / 10, `only ${documents} of the texts were documents`)
  })

  it('F-17: law: a key that is there twice is refused for every kind, wherever it stands', () => {
    const keys = fc.constantFrom(
      'Version',
      'Statement',
      'Effect',
      'Action',
      'Resource',
      'Condition',
      'StringEquals',
      'k',
    )
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringEquals: { k: 'v' } } },
    })
    fc.assert(
      fc.property(keys, fc.constantFrom(...POLICY_KINDS), fc.boolean(), (key, kind, isEscaped) => {
        const first = isEscaped ? `\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}` : key
        const doubled = text.replace(`"${key}":`, `"${first}":"x","${key}":`)
        const parsed = parsePolicy(doubled, kind)
        assert.equal(parsed.ok, false)
        assert.equal(parsed.ok ? '' : parsed.findings[0]?.code, 'DuplicateKey')
      }),
    )
  })

  it('F-18: law: an element with one letter wrong is refused for every kind, never ignored', () => {
    const elements = [
      'Sid',
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
    ]
    const wrong = fc
      .tuple(fc.constantFrom(...elements), fc.nat(), fc.constantFrom('x', '', ' ', '\u0000', 'É'))
      .map(([element, place, letter]) => {
        const at = place % element.length
        return element.slice(0, at) + letter + element.slice(at + 1)
      })
    fc.assert(
      fc.property(wrong, fc.constantFrom(...POLICY_KINDS), (name, kind) => {
        const statement = { Effect: 'Deny', Action: '*', Resource: '*', [name]: 'x' }
        const parsed = parsePolicy(JSON.stringify({ Statement: statement }), kind)
        assert.equal(parsed.ok, false)
        const codes = parsed.ok ? [] : parsed.findings.map(({ code }) => code)
        assert.ok(codes.includes('UnknownElement'))
      }),
    )
  })

  it('F-18: law: an operator that is none, or a value of the wrong type, is refused and never ignored', () => {
    const wrongTypes = fc.constantFrom<unknown>(null, 1, true, {}, [[]], [null], [{}], { a: null })
    fc.assert(
      fc.property(fc.constantFrom('Action', 'Resource', 'Sid', 'Effect', 'Principal'), wrongTypes, (element, value) => {
        // An empty object is a Principal, of nobody.
        fc.pre(element !== 'Principal' || JSON.stringify(value) !== '{}')
        const text = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'a:b', Resource: '*', [element]: value } })
        assert.equal(parsePolicy(text).ok, false, text)
      }),
    )
    fc.assert(
      fc.property(anyTexts, (name) => {
        const text = JSON.stringify({
          Statement: { Effect: 'Allow', Condition: { [`x${name}`]: { 'aws:username': 'a' } } },
        })
        assert.equal(parsePolicy(text).ok, false)
      }),
    )
  })

  it('N-02: a document may be as deep and as long as the API takes, and is refused in one step beyond', () => {
    const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
    const codeOf = (text: string): string | undefined => checkPolicy(text, 'identity')[0]?.code
    assert.equal(codeOf(deep(20)), 'WrongType')
    assert.equal(codeOf(deep(21)), 'TooDeep')
    assert.equal(codeOf(deep(100_000)), 'TooLong')
    assert.equal(codeOf(`"${'a'.repeat(131_070)}"`), 'WrongType')
    assert.equal(codeOf(`"${'a'.repeat(131_071)}"`), 'TooLong')
  })
})
