import assert from 'node:assert/strict'
import { copyFile, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { reloadTls } from './tls-reload.ts'
import type { TlsFiles } from './tls-material.ts'

const pairs = join(import.meta.dirname, '../../../../e2e/fixtures/tls')

/** A watched copy of the first pair: what the server was given, and what the operator was told. */
class Watched {
  readonly files: TlsFiles
  readonly used: string[] = []
  readonly told: string[] = []
  #look: () => void = () => {}

  constructor(context: TestContext, directory: string) {
    this.files = { certFile: join(directory, 'tls.crt'), keyFile: join(directory, 'tls.key') }
    const stop = reloadTls({
      files: this.files,
      use: ({ cert }) => this.used.push(cert),
      told: (message, isError) => {
        this.told.push(`${isError ? 'error' : 'info'}: ${message}`)
        this.#look()
      },
      lookEveryMs: 20,
      settleMs: 60,
    })
    context.after(stop)
  }

  static async start(context: TestContext): Promise<Watched> {
    const directory = await mkdtemp(join(tmpdir(), 'iamd-tls-'))
    context.after(() => rm(directory, { recursive: true, force: true }))
    const watched = new Watched(context, directory)
    await watched.copy('first')
    await watched.lines(1)
    return watched
  }

  async copy(pair: 'first' | 'second'): Promise<void> {
    await copyFile(join(pairs, `${pair}.crt`), this.files.certFile)
    await copyFile(join(pairs, `${pair}.key`), this.files.keyFile)
  }

  /** Resolves when the operator has been told that many lines. */
  async lines(count: number): Promise<void> {
    // Looking at files keeps no process alive, and here is no server that does.
    const alive = setInterval(() => {}, 1_000)
    while (this.told.length < count) {
      await new Promise<void>((resolve) => {
        this.#look = resolve
      })
    }
    clearInterval(alive)
  }
}

const certificate = (pair: 'first' | 'second'): Promise<string> => readFile(join(pairs, `${pair}.crt`), 'utf8')
const READ_AGAIN = /^info: the certificate was read again; it is valid until 2046-\d\d-\d\dT/
const KEPT = /^error: the certificate before stays in use: /

test('a pair that was copied over the one in use is taken, and told of once', async (t) => {
  const watched = await Watched.start(t)
  await watched.copy('second')
  await watched.lines(2)
  assert.deepEqual(watched.used.at(-1), await certificate('second'))
  assert.match(watched.told[1] ?? '', READ_AGAIN)
})

test('a link that was moved to another pair is followed', async (t) => {
  const watched = await Watched.start(t)
  for (const file of [watched.files.certFile, watched.files.keyFile]) {
    const target = join(pairs, file.endsWith('.crt') ? 'second.crt' : 'second.key')
    await symlink(target, `${file}.new`)
    await rename(`${file}.new`, file)
  }
  await watched.lines(2)
  assert.deepEqual(watched.used.at(-1), await certificate('second'))
})

test('a broken pair is told of in one line and leaves the one before, until a good one comes', async (t) => {
  const watched = await Watched.start(t)
  await writeFile(watched.files.certFile, 'no certificate')
  await writeFile(watched.files.keyFile, 'no key')
  await watched.lines(2)
  assert.match(watched.told[1] ?? '', KEPT)
  await watched.copy('second')
  await watched.lines(3)
  assert.match(watched.told[2] ?? '', READ_AGAIN)
  assert.deepEqual(watched.used, [await certificate('first'), await certificate('second')])
})

test('empty files, half a pair and a missing file are broken pairs', async (t) => {
  const breakings: readonly ((files: TlsFiles) => Promise<void>)[] = [
    async ({ certFile, keyFile }) => void (await Promise.all([truncate(certFile, 0), truncate(keyFile, 0)])),
    ({ certFile }) => copyFile(join(pairs, 'second.crt'), certFile),
    ({ keyFile }) => rm(keyFile),
  ]
  for (const breakIt of breakings) {
    const watched = await Watched.start(t)
    await breakIt(watched.files)
    await watched.lines(2)
    assert.match(watched.told[1] ?? '', KEPT)
    assert.deepEqual(watched.used, [await certificate('first')])
  }
})

test('SIGHUP is answered each time, also when nothing has changed', async (t) => {
  const watched = await Watched.start(t)
  process.emit('SIGHUP')
  process.emit('SIGHUP')
  await watched.lines(3)
  assert.match(watched.told[2] ?? '', READ_AGAIN)
})
