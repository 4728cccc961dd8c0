import assert from 'node:assert/strict'
import cluster from 'node:cluster'
import { join } from 'node:path'
import { test } from 'node:test'
import { CreateUserCommand, GetUserCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam'
import { startSupervisor } from '../src/index.ts'
import { temporaryDirectory } from '../src/journal/temporary-directory.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

test('what one worker acknowledged every worker shows, also after a worker was killed under load', async (context) => {
  const directory = temporaryDirectory()
  context.after(() => directory[Symbol.dispose]())
  const server = await startSupervisor(
    {
      listen: { host: '127.0.0.1', port: 0 },
      tls: undefined,
      dataDirectory: directory.path,
      masterKey: { kind: 'file', path: join(directory.path, 'master.key') },
      rootEmail: undefined,
      trustedProxies: [],
      publicHost: undefined,
    },
    2,
    quiet,
  )
  context.after(() => server.close())
  const { rootCredential, url } = server
  assert.ok(rootCredential !== undefined)
  // A client of its own has a connection of its own: connections are dealt out to workers in turn.
  const clients = Array.from(
    { length: 6 },
    () => new IAMClient({ endpoint: url, region: 'us-east-1', credentials: rootCredential, maxAttempts: 10 }),
  )
  const create = async (name: string, client: IAMClient): Promise<void> => {
    await client.send(new CreateUserCommand({ UserName: name }))
    const [other] = clients.filter((candidate) => candidate !== client)
    await other?.send(new GetUserCommand({ UserName: name }))
  }
  const writing = clients.flatMap((client, at) =>
    Array.from({ length: 10 }, (_, n) => ({ client, name: `user-${at}-${n}` })),
  )
  const acknowledged: string[] = []
  const failed: string[] = []
  await Promise.all(
    clients.map(async (client) => {
      for (const task of writing.filter((candidate) => candidate.client === client)) {
        if (task.name === 'user-3-5') Object.values(cluster.workers ?? {})[0]?.process.kill('SIGKILL')
        await create(task.name, client).then(
          () => acknowledged.push(task.name),
          (error: unknown) => failed.push(`${task.name}: ${String(error)}`),
        )
      }
    }),
  )
  assert.ok(acknowledged.length >= 50, `${acknowledged.length} acknowledged; ${failed.join('; ')}`)
  for (const client of clients) {
    const { Users = [] } = await client.send(new ListUsersCommand({}))
    const names = new Set(Users.map(({ UserName }) => UserName))
    assert.deepEqual(
      acknowledged.filter((name) => !names.has(name)),
      [],
    )
    client.destroy()
  }
})
