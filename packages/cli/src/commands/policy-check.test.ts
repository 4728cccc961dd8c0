import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { fakeTerminal, type FakeTerminal } from '../fake-terminal.ts'
import { main } from '../main.ts'

const right = '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" } }'
const advised = right.replace('"Action": "s3:Get*"', '"NotAction": "s3:*"')
const wrong = right.replace('s3:Get*', 'Get*')

const files: Readonly<Record<string, string>> = {
  'right.json': right,
  'advised.json': advised,
  'nested/wrong.json': wrong,
  'nested/notes.txt': 'no policy',
  'nested/expected.test.json': '{}',
  'node_modules/other.json': '{',
  'empty/notes.txt': '',
  'long.json': `"${'a'.repeat(200_000)}"`,
}

let folder = ''

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'iamd-check-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
})
after(() => rmSync(folder, { recursive: true }))

type Ended = FakeTerminal & { readonly code: number }

async function check(args: readonly string[], stdin?: string): Promise<Ended> {
  const terminal = fakeTerminal(stdin === undefined ? {} : { stdin })
  return { ...terminal, code: await main(['policy', 'check', ...args], terminal.io) }
}

const at = (name: string): string => join(folder, name)

describe('iamd policy check', () => {
  it('ends with 0 when there is nothing wrong, and says so', async () => {
    const { code, stdout, stderr } = await check([at('right.json')])
    assert.deepEqual([code, stdout(), stderr()], [0, '1 file, 0 errors, 0 warnings\n', ''])
  })

  it('ends with 0 for warnings, and with 1 if it is to be strict', async () => {
    const lenient = await check([at('advised.json')])
    assert.equal(lenient.code, 0)
    assert.match(lenient.stdout(), /advised\.json:1:62: warning: .*\n1 file, 0 errors, 1 warning\n$/s)
    const strict = await check(['--strict', at('advised.json')])
    assert.equal(strict.code, 1)
    assert.match(strict.stdout(), /advised\.json:1:62: error: /)
  })

  it('ends with 1 for an error, with the sentence that AWS answers with', async () => {
    const { code, stdout, stderr } = await check([at('nested/wrong.json')])
    assert.equal(code, 1)
    assert.match(
      stdout(),
      /wrong\.json:1:72: error: Actions\/Conditions must be prefaced by a vendor, e\.g\., iam, sdb, ec2, etc\. \[/,
    )
    assert.equal(stderr(), '')
  })

  it('takes folders, patterns and files, each file once, and leaves out what is no policy', async () => {
    const namesOf = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await check([...args, '--output', 'json'])
      return [...stdout().matchAll(/"name": "([^"]*)"/g)].map(([, name = '']) =>
        name.slice(name.indexOf('iamd-check-') + 18),
      )
    }
    const all = ['advised.json', 'long.json', 'nested/wrong.json', 'right.json']
    assert.deepEqual(await namesOf(folder), all)
    assert.deepEqual(await namesOf(at('r*.json'), at('right.json'), at('nested')), ['right.json', 'nested/wrong.json'])
  })

  it('reads standard input for `-`', async () => {
    const { code, stdout } = await check(['-'], wrong)
    assert.equal(code, 1)
    assert.match(stdout(), /^-:1:72: error: /)
  })

  it('checks as what a policy looks like, or as what it is said to be', async () => {
    const trust =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'
    assert.equal((await check(['-'], trust)).code, 0)
    const { stdout } = await check(['-', '--kind', 'scp'], trust)
    assert.match(
      stdout(),
      /The provided policy document does not meet the requirements of the specified policy type\. \[Principal, scp\]/,
    )
  })

  it('says in one clear line that a file is too long to be a policy', async () => {
    const { code, stdout } = await check([at('long.json')])
    assert.equal(code, 1)
    assert.match(stdout(), /the document has 200002 characters, more than 131072\n/)
    writeFileSync(at('huge'), Buffer.alloc(1_048_577, ' '))
    const { code: huge, stderr } = await check([at('huge')])
    assert.equal(huge, 2)
    assert.match(stderr(), /^iamd: cannot read `.*huge`: it has more than 1048576 bytes, the most that is read\n$/)
  })

  it('reads no more than that of what never ends, and of links that lead around', async () => {
    const { code, stderr } = await check(['/dev/zero'])
    assert.equal(code, 2)
    assert.match(stderr(), /has more than 1048576 bytes/)
    mkdirSync(at('around/below'), { recursive: true })
    symlinkSync(at('around'), at('around/below/again'))
    writeFileSync(at('around/below/right.json'), right)
    assert.equal((await check([at('around')])).stdout(), '1 file, 0 errors, 0 warnings\n')
  })

  it('ends with 2 for a link that leads nowhere: what is not checked must not pass', async () => {
    mkdirSync(at('linked'))
    writeFileSync(at('linked/right.json'), right)
    symlinkSync(at('linked/absent'), at('linked/lost.json'))
    const { code, stdout, stderr } = await check([at('linked')])
    rmSync(at('linked/lost.json'))
    assert.deepEqual([code, stdout()], [2, ''])
    assert.match(stderr(), /^iamd: cannot read `.*lost\.json`: ENOENT/)
  })

  it('has a line for each thing that it says, whatever names and texts hold', async () => {
    const name = at('a\n0 errors\u001b[8m.json')
    writeFileSync(name, right.replace('"Action"', '"Ac\\n::error::\\u001b[8m\\u202eton"'))
    const lines = (await check([name])).stdout().split('\n')
    assert.equal(lines.length, 7)
    assert.match(lines.join(''), /a\\u000a0 errors\\u001b\[8m\.json:1:.*`Ac\\u000a::error::\\u001b\[8m\\u202eton`/)
    assert.doesNotMatch(lines.join(''), /[\p{Cc}\p{Bidi_Control}]/u)
  })

  it('writes SARIF, and ends as the findings say', async () => {
    const { code, stdout } = await check([folder, '--output', 'sarif'])
    assert.equal(code, 1)
    assert.match(stdout(), /"version": "2\.1\.0"/)
  })

  it('ends with 2 for what is not there, finds nothing, or is no kind', async () => {
    const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
      [[at('absent.json')], /^iamd: cannot read `.*absent\.json`: ENOENT/],
      [[at('empty')], /^iamd: `.*empty` has no policies; their names end in `\.json`\n$/],
      [[at('x*.json')], /^iamd: `.*x\*\.json` has no policies/],
      [[at('right.json'), '--kind', 'bucket'], /'bucket' is invalid\. Allowed choices are identity, managed/],
      [[at('right.json'), '--output', 'junit'], /Allowed choices are text, json, sarif/],
      [[], /missing required argument 'FILE'/],
    ]
    for (const [args, message] of cases) {
      const { code, stderr, stdout } = await check(args)
      assert.deepEqual([code, stdout()], [2, ''], args.join(' '))
      assert.match(stderr(), message)
    }
  })
})
