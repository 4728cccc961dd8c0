import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { contextOfCaller, parseCaller } from './caller.ts'

const account = '111122223333'
const iam = `arn:aws:iam::${account}`

describe('a caller', () => {
  it('is told by its ARN or name', () => {
    const kinds: readonly [string, string][] = [
      ['anonymous', 'anonymous'],
      [`${iam}:root`, 'root'],
      [`${iam}:user/division/alice`, 'user'],
      [`${iam}:role/app`, 'roleSession'],
      [`arn:aws-cn:sts::${account}:assumed-role/app/i-1`, 'roleSession'],
      [`arn:aws:sts::${account}:federated-user/bob`, 'federatedUser'],
      [`${iam}:saml-provider/corp`, 'federated'],
      [`${iam}:oidc-provider/token.example.com/id`, 'federated'],
      ['accounts.google.com', 'federated'],
      ['cognito-identity.amazonaws.com', 'federated'],
      ['ec2.amazonaws.com', 'service'],
      ['s3.cn-north-1.amazonaws.com.cn', 'service'],
    ]
    for (const [text, kind] of kinds) assert.equal(parseCaller(text).kind, kind, text)
  })

  it('is refused when it is none', () => {
    const wrong = [
      '',
      'alice',
      account,
      `${iam}:user/`,
      `${iam}:user/a/`,
      `${iam}:group/a`,
      `${iam}:rooted`,
      'arn:aws:iam::1:user/a',
      `arn:aws:sts::${account}:assumed-role/app`,
      `arn:aws:sts::${account}:assumed-role/path/app/session`,
      `arn:aws:sts::${account}:user/a`,
      'example.com',
    ]
    for (const text of wrong) assert.throws(() => parseCaller(text), { name: 'Failure', exitCode: 2 }, text)
  })

  it('is a session of the role when it is given by the role', () => {
    assert.deepEqual(parseCaller(`${iam}:role/path/app`, { id: 'AROAEXAMPLE', isManagementAccount: true }), {
      kind: 'roleSession',
      arn: `arn:aws:sts::${account}:assumed-role/app/simulated`,
      roleArn: `${iam}:role/path/app`,
      roleId: 'AROAEXAMPLE',
      isServiceLinked: false,
      accountId: account,
      isManagementAccount: true,
    })
    const linked = parseCaller(`${iam}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`)
    assert.ok(linked.kind === 'roleSession' && linked.isServiceLinked)
  })

  it('brings the context that AWS gives to it', () => {
    const of = (...caller: Parameters<typeof parseCaller>): unknown => contextOfCaller(parseCaller(...caller))
    const inAccount = { 'aws:PrincipalAccount': account, 'aws:PrincipalIsAWSService': 'false' }
    assert.deepEqual(of(`${iam}:user/division/alice`), {
      ...inAccount,
      'aws:PrincipalArn': `${iam}:user/division/alice`,
      'aws:PrincipalType': 'User',
      'aws:username': 'alice',
    })
    assert.deepEqual(of(`${iam}:role/path/app`, { id: 'AROAEXAMPLE' }), {
      ...inAccount,
      'aws:PrincipalArn': `${iam}:role/path/app`,
      'aws:PrincipalType': 'AssumedRole',
      'aws:userid': 'AROAEXAMPLE:simulated',
    })
    assert.deepEqual(of(`${iam}:root`), {
      ...inAccount,
      'aws:PrincipalArn': `${iam}:root`,
      'aws:PrincipalType': 'Account',
      'aws:userid': account,
    })
    assert.deepEqual(of(`arn:aws:sts::${account}:federated-user/bob`, { federatedBy: `${iam}:user/alice` }), {
      ...inAccount,
      'aws:PrincipalArn': `arn:aws:sts::${account}:federated-user/bob`,
      'aws:PrincipalType': 'FederatedUser',
      'aws:userid': `${account}:bob`,
    })
    assert.deepEqual(of('anonymous'), { 'aws:PrincipalType': 'Anonymous' })
    assert.deepEqual(of('ec2.amazonaws.com'), {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': 'ec2.amazonaws.com',
      'aws:PrincipalServiceNamesList': ['ec2.amazonaws.com'],
    })
  })
})
