import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALLOW, BUCKET_A, DENY, policy, simulate, statement } from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

const CALLER = 'arn:aws:iam::123456789012:user/path/Ann'
const OTHER = 'arn:aws:iam::999999999999:root'
const OBJECTS = 'arn:aws:s3:::bucket/*'
const DIRECT = policy(statement({ Resource: OBJECTS, Principal: { AWS: CALLER } }))
const BY_ACCOUNT = policy(statement({ Resource: OBJECTS, Principal: { AWS: '123456789012' } }))
const DENIED = policy(statement({ Effect: 'Deny', Resource: OBJECTS, Principal: '*' }))
const PUT = policy(statement({ Action: 's3:PutObject' }))

interface Case {
  readonly identity: readonly string[]
  readonly resource: string
  readonly boundary?: string
  readonly owner?: string
  /** Decision, and what each kind of policy says: of identities, resource and boundary. */
  readonly expected: readonly [string, string?, string?, string?]
}

const CASES: Readonly<Record<string, Case>> = {
  "an Allow of the resource's that names the caller": { identity: [], resource: DIRECT, expected: ['allowed'] },
  "an Allow of the resource's that names the caller, past a boundary": {
    identity: [],
    resource: DIRECT,
    boundary: PUT,
    expected: ['allowed'],
  },
  // AWS's simulator was observed to allow it. Its calls are not, and neither are those of this server (decided by one engine).
  "an Allow of the resource's that names the account, alone": {
    identity: [],
    resource: BY_ACCOUNT,
    expected: ['implicitDeny'],
  },
  "an Allow of the resource's that names the account, with the identity's": {
    identity: [ALLOW],
    resource: BY_ACCOUNT,
    expected: ['allowed'],
  },
  "a Deny of the resource's": { identity: [ALLOW], resource: DENIED, expected: ['explicitDeny'] },
  'the Allow of one side only, across accounts': {
    identity: [],
    resource: DIRECT,
    owner: OTHER,
    expected: ['implicitDeny', 'implicitDeny', 'allowed'],
  },
  'the Allow of both sides, across accounts': {
    identity: [ALLOW],
    resource: DIRECT,
    owner: OTHER,
    expected: ['allowed', 'allowed', 'allowed'],
  },
  'the Allow of both sides under a boundary, across accounts': {
    identity: [ALLOW],
    resource: DIRECT,
    owner: OTHER,
    boundary: PUT,
    expected: ['implicitDeny', 'allowed', 'allowed', 'implicitDeny'],
  },
  'the Deny of a boundary, across accounts': {
    identity: [ALLOW],
    resource: DIRECT,
    owner: OTHER,
    boundary: DENY,
    expected: ['explicitDeny', 'allowed', 'allowed', 'explicitDeny'],
  },
}

for (const [what, { identity, resource, boundary, owner, expected }] of Object.entries(CASES)) {
  test(`a simulation with a resource's policy decides by ${what}`, async () => {
    const result = await simulate(await World.create(), {
      PolicyInputList: [...identity],
      ResourcePolicy: resource,
      ResourceArns: [BUCKET_A],
      ResourceOwner: owner,
      CallerArn: CALLER,
      ...(boundary === undefined ? {} : { PermissionsBoundaryPolicyInputList: [boundary] }),
    })
    const { EvalDecisionDetails: details = {}, ResourceSpecificResults: [only] = [] } = result
    const [decision, ...said] = expected
    assert.equal(result.EvalDecision, decision)
    const kinds = ['IAM Policy', 'Resource Policy', 'Permissions Boundary Policy']
    const pairs = said.map((verdict, at): [string, string | undefined] => [kinds[at] ?? '', verdict])
    assert.deepEqual(details, Object.fromEntries(pairs))
    assert.deepEqual(only?.EvalDecisionDetails, said.length === 0 ? undefined : details)
  })
}

test("statements of a resource's policy are named as such, beside those of identities", async () => {
  const input = { ResourcePolicy: DIRECT, ResourceArns: [BUCKET_A], CallerArn: CALLER }
  const { MatchedStatements = [] } = await simulate(await World.create(), input)
  assert.deepEqual(
    MatchedStatements.map(
      ({ SourcePolicyId, SourcePolicyType }) => `${SourcePolicyId}: ${SourcePolicyType}`,
    ).toSorted(),
    ['PolicyInputList.1: IAM Policy', 'ResourcePolicy: Resource Policy'],
  )
})

test("groups and roles call too, and a resource's policy names a role by its own ARN", async () => {
  const world = await World.create()
  const role = 'arn:aws:iam::123456789012:role/path/Reader'
  const asRole = policy(statement({ Resource: OBJECTS, Principal: { AWS: role } }))
  const call = async (CallerArn: string, ResourcePolicy: string): Promise<unknown> =>
    (await simulate(world, { PolicyInputList: [], ResourcePolicy, ResourceArns: [BUCKET_A], CallerArn })).EvalDecision
  assert.equal(await call(role, asRole), 'allowed')
  assert.equal(await call(CALLER, asRole), 'implicitDeny')
  const anyone = policy(statement({ Resource: OBJECTS, Principal: '*' }))
  assert.equal(await call('arn:aws:iam::123456789012:group/Team', anyone), 'allowed')
})

test('without a policy of the resource the account in its ARN makes no difference', async () => {
  const ResourceArns = ['arn:aws:sqs:us-east-1:999999999999:queue']
  const PolicyInputList = [policy(statement({ Action: 'sqs:SendMessage' }))]
  const input = { PolicyInputList, ActionNames: ['sqs:SendMessage'], ResourceArns, CallerArn: CALLER }
  const { EvalDecision, EvalDecisionDetails } = await simulate(await World.create(), input)
  assert.deepEqual([EvalDecision, EvalDecisionDetails], ['allowed', {}])
})
