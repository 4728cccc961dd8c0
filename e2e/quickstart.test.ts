// `iamd quickstart`: from an empty directory to an administrator whose printed commands work as printed.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { GetLoginProfileCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { IamdProcess, runIamd, textOf } from './service/iamd-process.ts'
import { iamOf } from './service/sdk-clients.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

test('quickstart ends in a running service, and the commands that it prints work as printed', async (t) => {
  const folder = await temporaryDirectory(t)
  const data = join(folder, 'data')
  const startedAt = performance.now()
  const service = new IamdProcess(t, ['quickstart', '--data', data, '--listen', '127.0.0.1:0'])
  await service.said('stdout', /Ctrl-C stops it.*\n/)
  const readyMs = performance.now() - startedAt
  assert(readyMs < 5000, `${readyMs} ms`)
  assert.match(service.stdout, /Account +\d{12}\n +Sign-in name +admin\n +Password +\S{20,}\n/)
  assert.match(service.stdout, /Console +http:\/\/localhost:\d+\/console\/ \(not part of this version yet\)/)
  assert.match(service.stderr, /deleted root access key AKIA/)

  const commands = service.stdout.split('\n').filter((line) => /^(?:export|unset|aws) /.test(line))
  assert.equal(commands.length, 6)
  const env = { PATH: process.env['PATH'], AWS_SESSION_TOKEN: 'left over from something else', HOME: folder }
  const { stdout } = await promisify(execFile)('bash', ['-ec', commands.join('\n')], { env })
  assert.match(stdout, /"Arn": "arn:aws:iam::\d{12}:user\/admin"/)
  assert.match(stdout, /"UserName": "bob"/)
  assert.equal((await service.stop('SIGINT')).code, 0)
})

test('quickstart makes an administrator by signed calls and leaves root no access key', async (t) => {
  const data = await temporaryDirectory(t)
  const words = ['quickstart', '--data', data, '--listen', '127.0.0.1:0', '--user', 'alice', '--output', 'json']
  const service = new IamdProcess(t, words)
  const made = await service.firstObject()
  assert.equal(made['rootCredential'], undefined)
  const iam = iamOf(textOf(made, 'url'), made)
  const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName: 'alice' }))
  assert.equal(LoginProfile?.UserName, 'alice')
  for (const secret of [textOf(made, 'password'), textOf(made, 'secretAccessKey')]) {
    assert.equal(`${service.stdout}${service.stderr}`.split(secret).length, 2, 'each secret is shown once')
  }
  const { stderr } = await service.stop()
  const [, rootKeyId = ''] = /deleted root access key (\w+)/.exec(stderr) ?? []
  assert.match(rootKeyId, /^AKIA/)
})

test('quickstart keeps the root key where it is told to, and shows it', async (t) => {
  const data = await temporaryDirectory(t)
  const words = ['quickstart', '--data', data, '--listen', '127.0.0.1:0', '--keep-root-key', '--output', 'json']
  const made = await new IamdProcess(t, words).firstObject()
  const { Users } = await iamOf(textOf(made, 'url'), made['rootCredential']).send(new ListUsersCommand({}))
  assert.deepEqual(
    Users?.map(({ UserName }) => UserName),
    ['admin'],
  )
})

test('quickstart on a directory in use changes nothing and says what to type', async (t) => {
  const data = join(await temporaryDirectory(t), 'data')
  await mkdir(data)
  await writeFile(join(data, 'journal.sqlite'), '')
  const refused = await runIamd(t, ['quickstart', '--data', data, '--listen', '127.0.0.1:0'])
  assert.equal(refused.code, 1)
  assert.equal(
    refused.stderr,
    `iamd: \`${data}\` is in use already, and quickstart is for a fresh directory; type \`iamd start --data ${data}\`, or name another with \`--data\`\n`,
  )
})

test('quickstart leaves nothing where the port is taken, and can be typed again', async (t) => {
  const data = join(await temporaryDirectory(t), 'data')
  const other = createServer().listen(0, '127.0.0.1')
  t.after(() => other.close())
  await once(other, 'listening')
  const taken = other.address()
  assert(taken !== null && typeof taken === 'object')
  const refused = await runIamd(t, ['quickstart', '--data', data, '--listen', `127.0.0.1:${taken.port}`])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /^iamd: cannot listen on 127\.0\.0\.1:\d+: the port is taken; /)
  await assert.rejects(readdir(data), { code: 'ENOENT' })
  const again = new IamdProcess(t, ['quickstart', '--data', data, '--listen', '127.0.0.1:0'])
  await again.said('stdout', /Ctrl-C stops it/)
})

test('quickstart is for this machine only', async (t) => {
  const refused = await runIamd(t, ['quickstart', '--data', await temporaryDirectory(t), '--listen', '0.0.0.0:0'])
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, /use `iamd start` with TLS for that\n$/)
})
