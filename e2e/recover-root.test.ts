// `iamd recover root`: a way back in for whoever holds the data directory and the master key, and only for them.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { rename } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { CreateUserCommand, ListAccessKeysCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { IamdProcess, objectOf, runIamd, textOf } from './service/iamd-process.ts'
import { iamOf } from './service/sdk-clients.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

interface Started {
  readonly server: IamdProcess
  readonly url: string
  readonly running: Readonly<Record<string, unknown>>
}

async function start(context: TestContext, data: string): Promise<Started> {
  const server = new IamdProcess(context, ['start', '--data', data, '--listen', '127.0.0.1:0', '--output', 'json'])
  const running = await server.firstObject()
  return { server, url: textOf(running, 'url'), running }
}

test('the new root key works, the former ones end, and the rest of the account stays', async (t) => {
  const data = join(await temporaryDirectory(t), 'data')
  const first = await start(t, data)
  const former = first.running['rootCredential']
  await iamOf(first.url, former).send(new CreateUserCommand({ UserName: 'ann' }))
  await first.server.stop()

  const recovered = await runIamd(t, ['recover', 'root', '--data', data, '--output', 'json'])
  assert.equal(recovered.code, 0, recovered.stderr)
  const root = objectOf(recovered.stdout)['rootCredential']
  assert.equal(textOf(root, 'accountId'), textOf(former, 'accountId'))
  assert.notEqual(textOf(root, 'password'), textOf(former, 'password'))

  const second = await start(t, data)
  const iam = iamOf(second.url, root)
  assert.equal((await iam.send(new ListUsersCommand({}))).Users?.length, 1)
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({}))
  assert.deepEqual(
    AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId),
    [textOf(root, 'accessKeyId')],
  )
  await assert.rejects(iamOf(second.url, former).send(new ListUsersCommand({})), { name: 'InvalidClientTokenId' })
})

test('a recovery is in the journal as the operator’s act, and announced by one start', async (t) => {
  const data = join(await temporaryDirectory(t), 'data')
  await (await start(t, data)).server.stop()
  const recovered = await runIamd(t, ['recover', 'root', '--data', data])
  const [, accessKeyId = ''] = /Access key ID +(\w+)/.exec(recovered.stdout) ?? []
  const database = new DatabaseSync(join(data, 'journal.sqlite'), { readOnly: true })
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const stored = tables.flatMap(({ name }) => database.prepare(`SELECT * FROM "${String(name)}"`).all())
  database.close()
  const entries = stored
    .flatMap((row) => Object.values(row))
    .filter((value) => String(value).includes('iamd:RecoverRoot'))
  assert.equal(entries.length, 1)
  assert.match(String(entries[0]), /"caller":"iamd:operator"/)

  const announcing = new IamdProcess(t, ['start', '--data', data, '--listen', '127.0.0.1:0'])
  await announcing.said('stderr', new RegExp(`since the last start, .*${accessKeyId} offline`))
  await announcing.stop()
  const { server, running } = await start(t, data)
  assert.deepEqual(running['notices'], [])
  await server.stop()
})

test('root is not recovered while a server runs, without the master key, or where there is nothing', async (t) => {
  const folder = await temporaryDirectory(t)
  const data = join(folder, 'data')
  const { server, running } = await start(t, data)
  const locked = await runIamd(t, ['recover', 'root', '--data', data])
  assert.match(locked.stderr, new RegExp(`is in use by process ${server.child.pid} `))
  const account = textOf(running['rootCredential'], 'accountId')
  await server.stop()
  const other = account === '123456789012' ? '210987654321' : '123456789012'
  const wrongAccount = await runIamd(t, ['recover', 'root', '--data', data, '--account', other])
  assert.match(wrongAccount.stderr, new RegExp(`which account is not clear; the installation has: ${account}\n$`))
  await rename(join(data, 'master.key'), join(folder, 'master.key'))
  const keyless = await runIamd(t, ['recover', 'root', '--data', data])
  assert.match(keyless.stderr, /the master key file .* does not exist/)
  const nothing = await runIamd(t, ['recover', 'root', '--data', join(folder, 'none')])
  assert.match(nothing.stderr, /is no data directory of iamd/)
  for (const { code, stdout } of [locked, wrongAccount, keyless, nothing]) assert.deepEqual([code, stdout], [1, ''])
  const kept = await runIamd(t, ['recover', 'root', '--data', data, '--master-key-file', join(folder, 'master.key')])
  assert.equal(kept.code, 0, kept.stderr)
})
