// What docs/policies.md shows is what comes out.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { fakeTerminal } from '../fake-terminal.ts'
import { main } from '../main.ts'

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/policies.md'), 'utf8')
const back = process.cwd()
let folder = ''

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'iamd-guide-'))
  // The guide's commands are typed where the policies lie.
  process.chdir(folder)
})
after(() => {
  process.chdir(back)
  rmSync(folder, { recursive: true })
})

/** The blocks of one language below a heading, up to the next heading of its rank. */
function blocks(heading: string, language: string): readonly string[] {
  const [, section = ''] = guide.split(`## \`${heading}\`\n`)
  const [own = ''] = section.split(/^## /m)
  return [...own.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, kind, text = '']) =>
    kind === language ? [text] : [],
  )
}

async function typed(
  line: string,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const terminal = fakeTerminal()
  const words = line.replaceAll('\\\n', ' ').trim().split(/\s+/).slice(1)
  const code = await main(words, terminal.io)
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() }
}

test('the simulation of the guide says what the guide says', async () => {
  const [reader = '', developer = ''] = blocks('iamd policy simulate', 'json')
  writeFileSync('reader.json', reader)
  writeFileSync('developer.json', developer)
  const { code, stdout, stderr } = await typed(blocks('iamd policy simulate', 'sh')[0] ?? '')
  assert.deepEqual([code, stderr], [1, ''])
  assert.equal(stdout.trim(), blocks('iamd policy simulate', 'text')[0]?.trim())
})

test('the expectation file of the guide is one, and holds for policies that do as it says', async () => {
  const statement = (Effect: string, Action: string, more: object = {}): object => ({
    Effect,
    Action,
    Resource: '*',
    ...more,
  })
  const policies = {
    'developer.json': [
      statement('Allow', 's3:*Object', { Resource: 'arn:aws:s3:::data/${aws:username}/*' }),
      statement('Allow', 'iam:*'),
      statement('Deny', 's3:DeleteBucket', { Sid: 'KeepBuckets' }),
    ],
    'boundary.json': [statement('Allow', 's3:*')],
    'full-access.json': [statement('Allow', '*')],
    'regions.json': [
      statement('Deny', '*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } } }),
    ],
  }
  for (const [name, Statement] of Object.entries(policies)) {
    writeFileSync(name, JSON.stringify({ Version: '2012-10-17', Statement }))
  }
  writeFileSync('guide.test.json', blocks('iamd policy test', 'json')[0] ?? '')
  const { code, stdout, stderr } = await typed('iamd policy test guide.test.json')
  assert.deepEqual([code, stderr], [0, ''], stdout)
  assert.match(stdout, /^✓ guide\.test\.json \(4\)\n/)
})
