/** Every expectation here is an answer of CreateRole, recorded in September 2026. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sentencesOf } from '../../test/findings-of.ts'

const COGNITO = 'cognito-identity.amazonaws.com'
const GITHUB = 'token.actions.githubusercontent.com'

interface Trust {
  readonly provider: string
  readonly condition?: object
  readonly elements?: object
}

function answer({ provider, condition, elements }: Trust): string | undefined {
  const [sentence, ...others] = sentencesOf('trust', {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(condition === undefined ? {} : { Condition: condition }),
    ...elements,
  })
  assert.deepEqual(others, [])
  return sentence
}

const arn = (issuer: string): string => `arn:aws:iam::123456789012:oidc-provider/${issuer}`
const unscoped = (principal: string, keys: string): string =>
  `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys} which is not scoped to all.`

describe('a trust policy for a provider that many share', () => {
  const key = `${COGNITO}:aud`
  const refusal = unscoped(COGNITO, key)
  const cognito: readonly (readonly [name: string, condition: object, expected: string | undefined])[] = [
    ['a value', { StringEquals: { [key]: 'pool' } }, undefined],
    ['a value in any case', { StringEqualsIgnoreCase: { [key]: 'pool' } }, undefined],
    ['a pattern', { StringLike: { [key]: 'pool:*' } }, undefined],
    ['the key in another case', { StringEquals: { [key.toUpperCase()]: 'pool' } }, undefined],
    ['a qualifier', { 'ForAnyValue:StringEquals': { [key]: 'pool' } }, undefined],
    ['a question mark', { StringLike: { [key]: '?' } }, undefined],
    ['two stars', { StringLike: { [key]: '**' } }, undefined],
    ['an empty text', { StringEquals: { [key]: '' } }, undefined],
    ['no values', { StringEquals: { [key]: [] } }, undefined],
    ['a star', { StringLike: { [key]: '*' } }, refusal],
    ['a star where it is no wildcard', { StringEquals: { [key]: '*' } }, refusal],
    ['a star among values', { StringEquals: { [key]: ['*', 'pool'] } }, refusal],
    ['what it is not', { StringNotEquals: { [key]: 'pool' } }, refusal],
    ['IfExists', { StringEqualsIfExists: { [key]: 'pool' } }, refusal],
    ['presence', { Null: { [key]: 'false' } }, refusal],
    ['another operator', { NumericEquals: { [key]: '1' } }, refusal],
    ['another key', { StringEquals: { [`${COGNITO}:sub`]: 'x' } }, refusal],
  ]
  for (const [name, condition, expected] of cognito) {
    it(`${expected === undefined ? 'may be stored' : 'is refused'} when it asks for ${name}`, () => {
      assert.equal(answer({ provider: COGNITO, condition }), expected)
    })
  }

  it('is refused in other words when nothing is asked of Cognito', () => {
    assert.equal(answer({ provider: COGNITO }), 'A condition block must be present for the Cognito provider')
  })

  it('asks nothing of a Deny, or of a statement about tags', () => {
    assert.equal(answer({ provider: COGNITO, elements: { Effect: 'Deny' } }), undefined)
    assert.equal(answer({ provider: COGNITO, elements: { Action: 'sts:TagSession' } }), undefined)
    assert.equal(answer({ provider: arn('idp.example.com') }), undefined)
  })

  const sub = `${GITHUB}:sub`
  const job = `${GITHUB}:job_workflow_ref`
  const gitHub: readonly (readonly [condition: object | undefined, isRefused: boolean])[] = [
    [{ StringEquals: { [sub]: 'repo' } }, false],
    [{ StringEquals: { [job]: 'file' } }, false],
    [{ StringLike: { [sub]: '??' } }, false],
    [{ StringLike: { [sub]: '?*' } }, false],
    [{ StringLike: { [sub]: '${aws:username}' } }, false],
    [{ StringEquals: { [job]: [] } }, false],
    [undefined, true],
    [{ StringLike: { [sub]: '*?' } }, true],
    [{ StringLike: { [sub]: '*repo' } }, true],
    [{ StringEquals: { [sub]: '**' } }, true],
    [{ StringEquals: { [sub]: '' } }, true],
    [{ StringLike: { [sub]: ' ' } }, true],
    [{ StringEquals: { [sub]: '*', [job]: 'file' } }, true],
    [{ StringEquals: { [sub]: 'repo', [job]: '*' } }, true],
    [{ StringLikeIfExists: { [sub]: 'repo:*' } }, true],
  ]
  for (const [condition, isRefused] of gitHub) {
    it(`from GitHub ${isRefused ? 'is refused' : 'may be stored'} with ${JSON.stringify(condition)}`, () => {
      const refused = unscoped(arn(GITHUB), `${sub} or ${job}`)
      const trust = { provider: arn(GITHUB), ...(condition === undefined ? {} : { condition }) }
      assert.equal(answer(trust), isRefused ? refused : undefined)
    })
  }

  it('from any issuer whose name starts as GitHub does', () => {
    for (const issuer of [`${GITHUB}/private`, `${GITHUB}.example.test`, `${GITHUB}other`]) {
      const condition = { StringEquals: { [sub]: 'repo' } }
      const keys = `${issuer}:sub or ${issuer}:job_workflow_ref`
      assert.equal(answer({ provider: arn(issuer), condition }), unscoped(arn(issuer), keys))
    }
  })

  it('from the other issuers of the list', () => {
    assert.equal(answer({ provider: arn('gitlab.com') }), unscoped(arn('gitlab.com'), 'gitlab.com:sub'))
    const sentinel = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'
    assert.equal(answer({ provider: arn(sentinel) }), unscoped(arn(sentinel), 'sts:RoleSessionName'))
    assert.equal(
      answer({ provider: arn(sentinel), condition: { StringEquals: { 'sts:RoleSessionName': 'mine' } } }),
      undefined,
    )
    const scoped = { StringLike: { 'app.terraform.io:sub': 'organization:mine:*' } }
    assert.equal(answer({ provider: arn('app.terraform.io'), condition: scoped }), undefined)
  })

  for (const issuer of ['accounts.google.com', 'www.amazon.com', 'graph.facebook.com']) {
    it(`built into IAM: ${issuer}`, () => {
      const refused = `Policy trusting ${issuer} requires a StringEquals condition on an application id`
      const claim = issuer === 'accounts.google.com' ? 'aud' : 'app_id'
      assert.equal(
        answer({ provider: issuer, condition: { StringEquals: { [`${issuer}:${claim}`]: 'mine' } } }),
        undefined,
      )
      assert.equal(answer({ provider: issuer, condition: { StringEquals: { [`${issuer}:sub`]: 'me' } } }), undefined)
      for (const wrong of ['SUB', 'amr', 'email', 'user_id', 'anything']) {
        assert.equal(
          answer({ provider: issuer, condition: { StringEquals: { [`${issuer}:${wrong}`]: 'x' } } }),
          refused,
        )
      }
      assert.equal(answer({ provider: issuer, condition: { StringLike: { [`${issuer}:${claim}`]: 'mine' } } }), refused)
      assert.equal(answer({ provider: issuer }), refused)
    })
  }
})
