import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { acquireDataLock, DataLocked } from './data-lock.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const module = new URL('./data-lock.ts', import.meta.url).href

/** Another process that takes the lock and keeps it. */
async function holdElsewhere(directory: string): Promise<ChildProcess> {
  const script = `import { acquireDataLock } from ${JSON.stringify(module)}
    acquireDataLock(${JSON.stringify(directory)}, new Date('2026-01-02T03:04:05.678Z'))
    process.stdout.write('held')
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('a directory that a live process holds is refused, with who holds it', async () => {
  using directory = temporaryDirectory()
  const child = await holdElsewhere(directory.path)
  try {
    assert.throws(
      () => acquireDataLock(directory.path),
      (error) => {
        assert.ok(error instanceof DataLocked)
        assert.deepEqual(error.holder, { pid: child.pid, host: hostname(), startedAt: '2026-01-02T03:04:05.678Z' })
        assert.equal(
          error.message,
          `"${directory.path}" is in use by process ${child.pid} on ${hostname()}, started at 2026-01-02T03:04:05.678Z`,
        )
        return true
      },
    )
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

test('the lock of a process that was killed with SIGKILL does not block the next', async () => {
  using directory = temporaryDirectory()
  for (let round = 0; round < 2; round += 1) {
    const child = await holdElsewhere(directory.path)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const lock = acquireDataLock(directory.path)
    assert.equal(lock.holder.pid, process.pid)
    lock.release()
  }
})

test('one process cannot take the lock twice, and can again when it has released it', () => {
  using directory = temporaryDirectory()
  const lock = acquireDataLock(directory.path)
  assert.throws(() => acquireDataLock(directory.path), {
    name: 'DataLocked',
    message: new RegExp(`process ${process.pid}`),
  })
  assert.throws(() => acquireDataLock(directory.path), { name: 'DataLocked' })
  lock.release()
  lock.release()
  acquireDataLock(directory.path).release()
})

test('a holder file that cannot be read does not hide that the directory is in use', () => {
  using directory = temporaryDirectory()
  const lock = acquireDataLock(directory.path)
  for (const text of ['', '{"pid":', 'null', '{"pid":"1","host":1}']) {
    writeFileSync(join(directory.path, 'lock.json'), text)
    assert.throws(() => acquireDataLock(directory.path), {
      message: `"${directory.path}" is in use by another process`,
    })
  }
  lock.release()
})

test('M-09: the lock files are for their owner only', () => {
  using parent = temporaryDirectory()
  const directory = join(parent.path, 'data')
  const lock = acquireDataLock(directory)
  assert.equal(statSync(directory).mode & 0o777, 0o700)
  for (const name of ['lock', 'lock.json']) assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600)
  lock.release()
})

test('a directory that cannot be made is one line that names it', () => {
  using parent = temporaryDirectory()
  mkdirSync(join(parent.path, 'a'))
  writeFileSync(join(parent.path, 'a', 'file'), '')
  const directory = join(parent.path, 'a', 'file', 'data')
  assert.throws(() => acquireDataLock(directory), {
    name: 'JournalUnavailable',
    message: /^"[^"]+file\/data" cannot be locked: /,
  })
})
