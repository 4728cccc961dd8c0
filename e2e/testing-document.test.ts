// What docs/testing.md shows is run as it stands there.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { IamdProcess, textOf } from './service/iamd-process.ts'
import { runProgram, SETUP_REMEDY } from './service/outside-program.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

const document = await readFile(join(import.meta.dirname, '..', 'docs', 'testing.md'), 'utf8')

/** The first block in the language that has the text. */
function blockOf(language: string, text: string): string {
  const blocks = [...document.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  const found = blocks.find(([, name, code = '']) => name === language && code.includes(text))?.[2]
  assert(found !== undefined, `no block in ${language} with \`${text}\``)
  return found
}

async function emulatorUrl(context: TestContext): Promise<string> {
  const server = new IamdProcess(context, ['dev', '--listen', '127.0.0.1:0', '--output', 'json'])
  return textOf(await server.firstObject(), 'url')
}

test('the tests for Node pass', async (t) => {
  const words = ['--test-reporter=tap', '--input-type=module', '--eval', blockOf('js', 'iamAs')]
  // Imports of what is evaluated are looked up from the working directory, which is the repository's.
  const { code, stdout, stderr } = await runProgram(process.execPath, words, { AWS_ENDPOINT_URL: await emulatorUrl(t) })
  assert.equal(code, 0, stdout + stderr)
  assert.match(stdout, /^# pass 2$/m)
})

test('the test for Python passes', async (t) => {
  const folder = await temporaryDirectory(t)
  const file = join(folder, 'test_iam.py')
  await writeFile(file, blockOf('python', 'iam_as'))
  const words = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', file]
  const { code, stdout, stderr } = await runProgram('python3', words, { AWS_ENDPOINT_URL: await emulatorUrl(t) })
  assert.equal(code, 0, `${stdout}${stderr} (where pytest is missing, ${SETUP_REMEDY})`)
  assert.match(stdout, /1 passed/)
})

test('the commands for the AWS CLI work', async (t) => {
  const script = `cd ${await temporaryDirectory(t)}\n${blockOf('sh', 'aws iam')}`
  const { code, stdout, stderr } = await runProgram('sh', ['-ec', script], { AWS_ENDPOINT_URL: await emulatorUrl(t) })
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^ann$/m)
})
