import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertPrincipal, type Principal } from './principal.ts'

const ACCOUNT = { accountId: '123456789012' }

/** Each kind with all the names that it must have. */
const PRINCIPALS: readonly Principal[] = [
  { kind: 'anonymous' },
  { kind: 'root', ...ACCOUNT },
  { kind: 'user', ...ACCOUNT, arn: 'arn:aws:iam::123456789012:user/ann', id: 'AIDAANN' },
  {
    kind: 'roleSession',
    ...ACCOUNT,
    arn: 'arn:aws:sts::123456789012:assumed-role/dev/ann',
    roleArn: 'arn:aws:iam::123456789012:role/dev',
    roleId: 'AROADEV',
  },
  { kind: 'federatedUser', ...ACCOUNT, arn: 'arn:aws:sts::123456789012:federated-user/ann' },
  { kind: 'service', name: 'ec2.amazonaws.com' },
  { kind: 'federated', provider: 'accounts.google.com' },
]

/** A principal as a host without types might hand it in. */
function changed(principal: Principal, name: string, value: unknown): Principal {
  const other: Principal = JSON.parse(JSON.stringify(principal))
  Reflect.set(other, name, value)
  return other
}

describe('assertPrincipal', () => {
  for (const principal of PRINCIPALS) {
    it(`takes a principal that has all its names: ${principal.kind}`, () => {
      assert.doesNotThrow(() => assertPrincipal(principal))
    })

    for (const name of Object.keys(principal)) {
      it(`refuses one whose name is none: ${principal.kind}, ${name}`, () => {
        for (const wrong of [undefined, null, '', 7, Number.NaN, {}, ['a']]) {
          assert.throws(() => assertPrincipal(changed(principal, name, wrong)), TypeError)
        }
      })
    }
  }

  it('refuses a federated user whose user has an id and no ARN: it would pass for a session of the root user', () => {
    for (const federated of PRINCIPALS.filter(({ kind }) => kind === 'federatedUser')) {
      assert.throws(() => assertPrincipal(changed(federated, 'userId', 'AIDAANN')), TypeError)
      const whole = changed(changed(federated, 'userId', 'AIDAANN'), 'userArn', 'arn:aws:iam::123456789012:user/ann')
      assert.doesNotThrow(() => assertPrincipal(whole))
    }
  })
})
