import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { fakeTerminal } from '../fake-terminal.ts'
import { main } from '../main.ts'

const policies: Readonly<Record<string, readonly string[]>> = {
  'own.json': [
    '{ "Sid": "Own", "Effect": "Allow", "Action": ["s3:Get*", "s3:Put*"], "Resource": "arn:aws:s3:::data/${aws:username}/*" }',
    '{ "Sid": "Mfa", "Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } } }',
    '{ "Effect": "Deny", "Action": "iam:*", "Resource": "*" }',
  ],
  'reads.json': ['{ "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" }'],
  'all.json': ['{ "Effect": "Allow", "Action": "*", "Resource": "*" }'],
  'tags.json': [
    '{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "Condition": { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } } }',
  ],
  'bucket.json': [
    '{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/app" }, "Action": "s3:GetObject", "Resource": "*" }',
  ],
  'rcp.json': [
    '{ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:PrincipalAccount": "444455556666" } } }',
  ],
}

let folder = ''

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'iamd-simulate-'))
  for (const [name, statements] of Object.entries(policies)) {
    const text = `{ "Version": "2012-10-17", "Statement": [\n${statements.join(',\n')}\n] }\n`
    writeFileSync(join(folder, name), text)
  }
})
after(() => rmSync(folder, { recursive: true }))

const object = 'arn:aws:s3:::data/simulated/report.csv'

type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs the command; names that end in `.json` are files of the folder. */
async function simulate(typed: string, stdin = ''): Promise<Ran> {
  const terminal = fakeTerminal({ stdin })
  const args = typed.split(' ').map((word) => word.replaceAll(/[a-z]+\.json/g, (name) => join(folder, name)))
  const code = await main(['policy', 'simulate', ...args], terminal.io)
  return { code, stdout: terminal.stdout().replaceAll(`${folder}/`, ''), stderr: terminal.stderr() }
}

async function effects(typed: string): Promise<unknown[]> {
  const { stdout } = await simulate(`${typed} --output json`)
  const { results }: { results: { effect: unknown; source: unknown }[] } = JSON.parse(stdout)
  return results.map(({ effect, source }) => `${String(effect)} by ${String(source)}`)
}

describe('iamd policy simulate', () => {
  it('ends with 0 for what is allowed, and names the statement that allows it', async () => {
    const { code, stdout, stderr } = await simulate(`--policy own.json --action s3:GetObject --resource ${object}`)
    assert.equal(
      stdout,
      `allowed: s3:GetObject on ${object}
├─ asked by arn:aws:iam::111122223333:user/simulated
├─ decided by identity-based policies: Allow \`Own\` (own.json:2:1)
└─ identity-based policies: allows
   ├─ Allow \`Own\` (own.json:2:1): applies
   └─ 2 other statements

`,
    )
    assert.deepEqual([code, stderr], [0, ''])
  })

  it('ends with 1 for what is denied, and shows what nearly applies and what is in its way', async () => {
    const { code, stdout, stderr } = await simulate(
      '--policy own.json --boundary reads.json --action s3:DeleteObject s3:PutObject --resource arn:aws:s3:::data/bob/x',
    )
    assert.deepEqual([code, stderr], [1, ''])
    for (const line of [
      'decided by identity-based policies: no statement allows it',
      'Bool `aws:MultiFactorAuthPresent` wants `true`; the request has no `aws:MultiFactorAuthPresent`',
      'Resource `arn:aws:s3:::data/${aws:username}/*` (here `arn:aws:s3:::data/simulated/*`) does not match `arn:aws:s3:::data/bob/x`',
      'permissions boundary: does not allow',
      'Action `s3:Get*` does not match `s3:PutObject`',
    ]) {
      assert.ok(stdout.includes(line), line)
    }
  })

  it('asks each action on each resource, and ends with 1 if one of them is denied', async () => {
    const asked = `--policy own.json --resource ${object} * --action`
    assert.deepEqual(await effects(`${asked} s3:GetObject iam:GetUser`), [
      'allow by identity',
      'implicitDeny by identity',
      'explicitDeny by identity',
      'explicitDeny by identity',
    ])
    assert.equal((await simulate(`${asked} s3:GetObject`)).code, 1)
  })

  it('knows every kind of policy, in one account and across', async () => {
    const app = '--caller arn:aws:iam::111122223333:role/app --action s3:GetObject'
    const asked = `--policy all.json --action s3:PutObject --resource ${object}`
    const cases: readonly [string, string][] = [
      [`${asked} --boundary reads.json`, 'implicitDeny by boundary'],
      [`${asked} --session-policy reads.json own.json`, 'allow by identity'],
      [`${asked} --session-policy reads.json`, 'implicitDeny by session'],
      [`${asked} --scp all.json --scp reads.json,own.json`, 'allow by identity'],
      [`${asked} --scp all.json --scp reads.json`, 'implicitDeny by serviceControl'],
      [`${asked} --scp reads.json --management-account`, 'allow by identity'],
      [`${asked} --rcp rcp.json`, 'explicitDeny by resourceControl'],
      [`${asked} --rcp rcp.json --resource-management-account`, 'allow by identity'],
      [`${asked} --rcp rcp.json --context aws:principalaccount=444455556666`, 'allow by identity'],
      [`${asked} --resource-policy-kind required`, 'implicitDeny by resource'],
      [`${app} --resource-policy bucket.json`, 'allow by resource'],
      [`${app} --resource-policy bucket.json --resource-account 444455556666`, 'implicitDeny by identity'],
      [`${app} --resource-policy bucket.json --resource-account 444455556666 --policy all.json`, 'allow by identity'],
      [`${app} --endpoint-policy bucket.json --policy all.json`, 'allow by identity'],
      ['--caller arn:aws:iam::111122223333:root --action s3:GetObject', 'allow by root'],
      ['--caller anonymous --resource-policy bucket.json --action s3:GetObject', 'implicitDeny by resource'],
    ]
    for (const [typed, expected] of cases) assert.deepEqual(await effects(typed), [expected], typed)
  })

  it('takes repeated values of a key as its list, and everything behind the first `=` as the value', async () => {
    const asked = '--policy tags.json --action s3:PutObject --context aws:TagKeys=a --context'
    assert.deepEqual(await effects(`${asked} aws:TagKeys=b`), ['allow by identity'])
    assert.deepEqual(await effects(`${asked} aws:TagKeys=b=c`), ['implicitDeny by identity'])
  })

  it('gives programs the deciding statement with its place, and what each source said', async () => {
    const { stdout } = await simulate('--policy own.json --action iam:CreateUser --output json')
    const { results }: { results: Record<string, unknown>[] } = JSON.parse(stdout)
    assert.deepEqual(results, [
      {
        caller: 'arn:aws:iam::111122223333:user/simulated',
        action: 'iam:CreateUser',
        resource: '*',
        effect: 'explicitDeny',
        source: 'identity',
        reason: 'identity-based policies: Deny `Statement[2]` (own.json:4:1)',
        statement: { policy: 'own.json', index: 2, effect: 'Deny', line: 4, column: 1 },
        sources: [
          {
            source: 'identity',
            verdict: 'deny',
            statements: [
              { policy: 'own.json', index: 2, effect: 'Deny', line: 4, column: 1, applies: true, failed: [] },
            ],
          },
        ],
        remedies: [
          'Deny `Statement[2]` (own.json:4:1) of the identity-based policies must go, or no longer match',
          "the identity-based policies, or the resource-based policy (by a statement that names the caller's user or role) must allow `iam:CreateUser` on `*`",
        ],
      },
    ])
  })

  it('says for every denial what would have to change, and what the caller would be told', async () => {
    const asked = `--policy all.json --action s3:PutObject --resource ${object}`
    const cases: readonly [string, string][] = [
      [`${asked} --scp all.json --scp reads.json`, 'the service control policies, level 2 must allow `s3:PutObject`'],
      [
        `${asked} --rcp rcp.json`,
        'Deny `Statement[0]` (rcp.json:2:1) of the resource control policies, level 1 must go',
      ],
      [`${asked} --endpoint-policy reads.json`, 'the VPC endpoint policy must allow `s3:PutObject`'],
      [
        `${asked} --resource-account 444455556666`,
        "the resource-based policy (by a statement that names the caller's account, or the caller) must allow",
      ],
    ]
    for (const [typed, line] of cases) {
      const { stdout } = await simulate(typed)
      const found = stdout.split('\n').some((one) => one.includes(`─ ${line}`))
      assert.ok(found, `${typed}\n${stdout}`)
      assert.match(
        stdout,
        /└─ answer: User: arn:aws:iam::111122223333:user\/simulated is not authorized to perform: s3:PutObject/,
      )
    }
  })

  it('says of a negated operator what it does not want', async () => {
    const caller = 'arn:aws:iam::444455556666:user/ann'
    const asked = `--caller ${caller} --policy all.json --rcp rcp.json --action s3:PutObject --resource ${object}`
    const { code, stdout } = await simulate(asked)
    assert.equal(code, 0)
    const line =
      'StringNotEquals `aws:PrincipalAccount` wants other than `444455556666`; the request has `444455556666`'
    assert.ok(stdout.includes(line), stdout)
  })

  it('reads a policy from standard input', async () => {
    const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:B","Resource":"*"}}'
    assert.equal((await simulate('--policy - --action a:B', text)).code, 0)
  })

  it('ends with 2 and one line for what it cannot ask', async () => {
    const cases: readonly [string, RegExp][] = [
      ['--policy none.json --action a:B', /^iamd: cannot read `.*none\.json`: ENOENT/],
      ['--policy - --action a:B', /^iamd: -:1:1: .*\n$/],
      ['--caller alice --action a:B', /^iamd: `alice` is no caller; give the ARN/],
      ['--context key --action a:B', /^iamd: `--context key` has no `key=value`/],
      ['--resource-account 1234 --action a:B', /^iamd: `1234` is no account number/],
      ['--policy own.json --action GetObject', /^iamd: `GetObject` is no action; give its service and name/],
      ['--policy own.json --action s3:GetObject s3:*', /^iamd: `s3:\*` is no action; /],
      ['--principal bob --action a:B', /^iamd: `bob` is no ARN; give that of a user, group or role\n$/],
      ['--policy own.json', /^iamd: required option '--action <action...>' not specified/],
    ]
    for (const [typed, message] of cases) {
      const { code, stdout, stderr } = await simulate(typed)
      assert.equal(code, 2, typed)
      assert.match(stderr, message)
      assert.equal(stdout, '')
    }
  })
})
