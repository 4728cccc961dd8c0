// Permissions boundaries and the policy simulator with boto3 and the AWS CLI, unmodified.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AwsCli } from './service/aws-cli.ts'
import { runBoto3Steps } from './service/boto3-steps.ts'
import { type Account, startEmulator } from './service/emulator.ts'

test('boundaries and simulations with boto3', (t) => runBoto3Steps(t, 'simulation-boto3.py', 7))

const ALLOW_GET = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'

test('boundaries and simulations with the AWS CLI', async (t) => {
  const { url, newAccount } = await startEmulator(t)
  const account = await newAccount()
  const root = new AwsCli(url, account)
  await t.test('simulate-custom-policy prints the documented shape', () => simulateCustom(root))
  await t.test('a boundary is put, decides, and is deleted', () => simulateBounded(root, account))
  await t.test('get-context-keys-for-custom-policy names the keys', () => contextKeys(root))
})

async function simulateCustom(root: AwsCli): Promise<void> {
  const words = ['--policy-input-list', ALLOW_GET, '--action-names', 's3:GetObject', 's3:PutObject']
  const place = { StartPosition: { Line: 1, Column: 38 }, EndPosition: { Line: 1, Column: 95 } }
  const everything = { EvalResourceName: '*', MissingContextValues: [] }
  assert.deepEqual(await root.json('iam simulate-custom-policy', ...words), {
    EvaluationResults: [
      {
        EvalActionName: 's3:GetObject',
        EvalDecision: 'allowed',
        MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'IAM Policy', ...place }],
        ...everything,
      },
      { EvalActionName: 's3:PutObject', EvalDecision: 'implicitDeny', MatchedStatements: [], ...everything },
    ],
  })
}

async function simulateBounded(root: AwsCli, { accountId }: Account): Promise<void> {
  const boundary = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
  await root.text('iam create-user --user-name ann')
  await root.text(`iam put-user-permissions-boundary --user-name ann --permissions-boundary ${boundary}`)
  assert.partialDeepStrictEqual(await root.json('iam get-user --user-name ann'), {
    User: { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary } },
  })
  const arn = `arn:aws:iam::${accountId}:user/ann`
  const simulate = `iam simulate-principal-policy --policy-source-arn ${arn} --action-names s3:PutObject s3:GetObject`
  const query = 'EvaluationResults[].[EvalDecision, PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary]'
  const everything = ALLOW_GET.replace('s3:GetObject', '*')
  const ask = (): Promise<unknown> => root.json(simulate, '--policy-input-list', everything, '--query', query)
  assert.deepEqual(await ask(), [
    ['implicitDeny', false],
    ['allowed', true],
  ])
  await root.text('iam delete-user-permissions-boundary --user-name ann')
  assert.deepEqual(await ask(), [
    ['allowed', null],
    ['allowed', null],
  ])
  assert.equal((await root.refusal('iam delete-user-permissions-boundary --user-name ann')).code, 'NoSuchEntity')
}

async function contextKeys(root: AwsCli): Promise<void> {
  const document = ALLOW_GET.replace('"Resource":"*"', '"Resource":"arn:aws:s3:::home/${aws:username}"')
  assert.deepEqual(await root.json('iam get-context-keys-for-custom-policy', '--policy-input-list', document), {
    ContextKeyNames: ['aws:username'],
  })
}
