import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, afterEach, describe, it } from 'node:test'

import { fakeTerminal } from '../fake-terminal.ts'
import { main } from '../main.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iamd-policy-test-'))
  write('own.json', policyOf({ Sid: 'Own', Effect: 'Allow', Action: 's3:*', Resource: '*' }))
  write('reads.json', policyOf({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }))
})
afterEach(() => rmSync(folder, { recursive: true }))

function policyOf(...statements: readonly unknown[]): unknown {
  return { Version: '2012-10-17', Statement: statements }
}

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
}

type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

async function run(...args: readonly string[]): Promise<Ran> {
  const terminal = fakeTerminal()
  const code = await main(['policy', 'test', ...(args.length === 0 ? [folder] : args)], terminal.io)
  const shown = (text: string): string => text.replaceAll(`${folder}/`, '').replaceAll(folder, 'FOLDER')
  return { code, stdout: shown(terminal.stdout()), stderr: shown(terminal.stderr()) }
}

/** The problems of the only file, in order; null where all is as expected. */
async function problems(file: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  write('a.test.json', file)
  const { stdout, stderr } = await run(join(folder, 'a.test.json'), '--output', 'json')
  assert.equal(stderr, '')
  const { files }: { files: { expectations: { problem: unknown }[] }[] } = JSON.parse(stdout)
  return files.flatMap(({ expectations }) => expectations.map(({ problem }) => problem))
}

const getsObject = { action: 's3:GetObject', expect: 'allow' }
const putsObject = { action: 's3:PutObject', expect: 'allow' }

describe('iamd policy test', () => {
  it('ends with 0 when every file of a folder is as expected', async () => {
    write('a.test.json', { policies: { identity: ['own.json'] }, expectations: [getsObject, putsObject] })
    mkdirSync(join(folder, 'deeper'))
    write('deeper/b.test.json', { policies: { identity: ['../own.json'] }, expectations: [getsObject] })
    assert.deepEqual(await run(), {
      code: 0,
      stdout: '✓ a.test.json (2)\n✓ deeper/b.test.json (1)\n\n3 expectations, 0 failed\n',
      stderr: '',
    })
  })

  it('has a line for each thing that it says, whatever is expected and whatever policies hold', async () => {
    const key = 'x:\n::error::\u001b[8m\u202e'
    const own = { Effect: 'Allow', Action: 's3:Get*', Resource: '*', Condition: { StringEquals: { [key]: 'a\nb' } } }
    const expectation = { ...getsObject, name: 'it\nworks', resource: 'arn:aws:s3:::a\n::add-mask::x' }
    write('a.test.json', { policies: { identity: [policyOf(own)] }, expectations: [expectation] })
    const { code, stdout } = await run()
    assert.equal(code, 1)
    assert.doesNotMatch(stdout.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u)
    assert.doesNotMatch(stdout, /^(?:::|works|b)/m)
    assert.match(stdout, /StringEquals `x:\\u000a::error::\\u001b\[8m\\u202e` wants `a\\u000ab`/)
  })

  it('ends with 1 when something is not as expected, and shows why', async () => {
    const expectations = [getsObject, { name: 'writes', ...putsObject, resource: 'arn:aws:s3:::data/x' }]
    write('a.test.json', { policies: { identity: ['own.json'], boundary: 'reads.json' }, expectations })
    const { code, stdout } = await run()
    assert.equal(code, 1)
    assert.equal(
      stdout,
      `✗ a.test.json (2)

  writes: allow s3:PutObject on arn:aws:s3:::data/x
  expected \`allow\`, and it is \`implicitDeny\`
  denied: s3:PutObject on arn:aws:s3:::data/x
  ├─ asked by arn:aws:iam::111122223333:user/simulated
  ├─ decided by permissions boundary: no statement allows it
  ├─ identity-based policies: allows
  │  └─ Allow \`Own\` (own.json:1:38): applies
  ├─ permissions boundary: does not allow
  │  └─ Allow \`Statement[0]\` (reads.json:1:38): does not apply
  │     └─ Action \`s3:Get*\` does not match \`s3:PutObject\`
  ├─ what would have to change
  │  └─ the permissions boundary, or the resource-based policy (by a statement that names the caller itself, or everyone) must allow \`s3:PutObject\` on \`arn:aws:s3:::data/x\`
  └─ answer: User: arn:aws:iam::111122223333:user/simulated is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::data/x" because no permissions boundary allows the s3:PutObject action

2 expectations, 1 failed
`,
    )
  })

  it('holds a denial to its kind, and to what decided', async () => {
    const deny = policyOf({ Sid: 'Keep', Effect: 'Deny', Action: 's3:Delete*', Resource: '*' })
    write('keep.json', deny)
    const request = { action: 's3:DeleteBucket' }
    const found = await problems({
      policies: { identity: ['own.json', 'keep.json'], boundary: 'reads.json' },
      expectations: [
        { ...request, expect: 'deny' },
        { ...request, expect: 'explicitDeny', by: { source: 'identity', sid: 'Keep', policy: 'keep.json' } },
        { ...request, expect: 'implicitDeny' },
        { ...request, expect: 'deny', by: 'boundary' },
        { ...request, expect: 'deny', by: { sid: 'Own' } },
        { ...request, expect: 'deny', by: { policy: 'own.json' } },
        { action: 's3:PutObject', expect: 'deny', by: 'boundary' },
        { action: 's3:PutObject', expect: 'deny', by: { sid: 'Own' } },
      ],
    })
    assert.deepEqual(
      found.map((problem) => (typeof problem === 'string' ? problem.replaceAll(`${folder}/`, '') : problem)),
      [
        null,
        null,
        'expected `implicitDeny`, and it is `explicitDeny`',
        'expected by `boundary`, and it is by `identity`',
        'expected by the statement `Own`, and it is by `Keep`',
        'expected by the policy `own.json`, and it is by `keep.json`',
        null,
        'expected by the statement `Own`, and it is by none',
      ],
    )
  })

  it('asks every kind of policy, from files and as they stand', async () => {
    const all = policyOf({ Effect: 'Allow', Action: '*', Resource: '*' })
    const trust = policyOf({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' })
    const cases: readonly [Readonly<Record<string, unknown>>, string][] = [
      [{ identity: [all], serviceControl: [[all], ['reads.json']] }, 'serviceControl'],
      [{ identity: [all], session: ['reads.json'] }, 'session'],
      [{ group: [all], endpoint: 'reads.json' }, 'endpoint'],
      [{ group: [all], resourceControl: [[]] }, 'identity'],
      [{ identity: [] }, 'identity'],
    ]
    for (const [policies, by] of cases) {
      const expect = by === 'identity' && 'group' in policies ? 'allow' : 'deny'
      assert.deepEqual(await problems({ policies, expectations: [{ action: 's3:PutObject', expect, by }] }), [null], by)
    }
    const assumes = { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/app', expect: 'allow' }
    assert.deepEqual(
      await problems({ policies: { resource: trust }, resourcePolicyKind: 'trust', expectations: [assumes] }),
      [null],
    )
  })

  it('puts what an expectation says of caller, account and context over what its file says', async () => {
    const own = { StringEquals: { 'aws:username': 'alice', 'aws:PrincipalTag/team': ['a', 'b'] } }
    const policy = policyOf({ Effect: 'Allow', Action: '*', Resource: '*', Condition: own })
    const alice = 'arn:aws:iam::111122223333:user/alice'
    const found = await problems({
      description: 'callers',
      policies: { identity: [policy] },
      caller: alice,
      context: { 'aws:PrincipalTag/team': 'a' },
      expectations: [
        getsObject,
        { ...getsObject, context: { 'aws:PrincipalTag/team': 'b' } },
        { ...getsObject, expect: 'deny', context: { 'aws:PrincipalTag/team': 'c' } },
        { ...getsObject, expect: 'deny', context: { 'aws:username': null } },
        { ...getsObject, expect: 'deny', caller: 'arn:aws:iam::111122223333:user/bob' },
        { ...getsObject, caller: { arn: alice, id: 'AIDAEXAMPLE', isManagementAccount: true } },
        { ...getsObject, expect: 'deny', by: 'resource', resourceAccount: '444455556666' },
        { ...getsObject, isOwnedByManagementAccount: true },
      ],
    })
    assert.deepEqual(found, Array(8).fill(null))
  })

  it('asks each action on each resource of an expectation', async () => {
    const resource = ['arn:aws:s3:::a/x', 'arn:aws:s3:::b/x']
    const both = { action: ['s3:GetObject', 's3:PutObject'], resource, expect: 'allow' }
    assert.equal((await problems({ policies: { identity: ['own.json'] }, expectations: [both] })).length, 4)
  })

  it('ends with 2 for a file that cannot be used, and says where it is wrong', async () => {
    const cases: readonly [unknown, RegExp][] = [
      ['{', /^iamd: a\.test\.json: .*JSON/],
      [[], /^iamd: a\.test\.json: is no object/],
      [{ expectation: [] }, /`expectation` is none of description, policies, /],
      [{ expectations: [] }, /a\.test\.json: expectations: is empty/],
      [{ expectations: [{ ...getsObject, expects: 'allow' }] }, /expectations\[0\]: `expects` is none of name, action/],
      [{ expectations: [{ action: 'a:B' }] }, /expectations\[0\]\.expect: is none of `allow`, `deny`/],
      [{ expectations: [{ action: [], expect: 'deny' }] }, /expectations\[0\]\.action: is empty/],
      [{ expectations: [{ action: 'Get', expect: 'deny' }] }, /expectations\[0\]\.action: `Get` is no action, such as/],
      [
        { expectations: [{ action: ['a:B', 's3:*'], expect: 'deny' }] },
        /expectations\[0\]\.action: `s3:\*` is no action/,
      ],
      [{ expectations: [{ ...getsObject, by: 'me' }] }, /expectations\[0\]\.by: is none of `identity`/],
      [{ caller: 'me', expectations: [getsObject] }, /a\.test\.json: caller: `me` is no caller/],
      [{ context: { a: 1 }, expectations: [getsObject] }, /context\.a: is no string/],
      [{ resourceAccount: '1', expectations: [getsObject] }, /resourceAccount: is no account number/],
      [
        { isOwnedByManagementAccount: 1, expectations: [getsObject] },
        /isOwnedByManagementAccount: is neither true nor/,
      ],
      [{ policies: { identity: 'own.json' }, expectations: [getsObject] }, /policies\.identity: is no list/],
      [
        { policies: { identity: ['none.json'] }, expectations: [getsObject] },
        /cannot be used: cannot read `none\.json`/,
      ],
      [{ policies: { boundary: { Version: '1' } }, expectations: [getsObject] }, /policies\.boundary Version: /],
    ]
    for (const [file, message] of cases) {
      write('a.test.json', file)
      const { code, stderr, stdout } = await run(join(folder, 'a.test.json'))
      assert.match(stderr, message)
      assert.deepEqual([code, stdout], [2, ''], stderr)
    }
  })

  it('ends with 2 where there is nothing to test, because nothing could fail', async () => {
    assert.match((await run()).stderr, /`FOLDER` has no expectation files; their names end in `\.test\.json`/)
    assert.match((await run('none')).stderr, /cannot read `none`: ENOENT/)
    assert.equal((await run()).code, 2)
  })

  it('writes what JUnit reads, whatever is in names', async () => {
    const expectations = [{ name: '<&"\u0000\ud800> a\nb', ...putsObject }, getsObject]
    write('a.test.json', { policies: { identity: ['reads.json'] }, expectations })
    const { code, stdout } = await run(folder, '--output', 'junit')
    assert.equal(code, 1)
    assert.match(
      stdout,
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="iamd policy test" tests="2" failures="1"/,
    )
    assert.match(stdout, /<testcase classname="a\.test\.json" name="allow s3:GetObject on \*"\/>/)
    assert.match(
      stdout,
      /name="&#60;&#38;&#34;\ufffd\ufffd&#62; a&#10;b: allow s3:PutObject on \*">\n\s*<failure type="implicitDeny"/,
    )
  })
})
