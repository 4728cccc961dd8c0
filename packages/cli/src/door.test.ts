import assert from 'node:assert/strict'
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, describe, it } from 'node:test'

// An installation in miniature: the door itself (bin/iamd.mjs), and behind it a program that says what reached it. The
// Node of the machine passes for an old one in the first process, and in no process that this one starts.
const program = `
export async function main(args, { stdout }) {
  const timer = setInterval(() => {}, 1000)
  const stopped = new Promise((done) => process.once('SIGTERM', done))
  await new Promise((done) => stdout.write(JSON.stringify({ args, node: process.versions.node }) + '\\n', done))
  if (args[0] === 'wait') await stopped
  clearInterval(timer)
  if (args[0] === 'die') process.kill(process.pid, 'SIGKILL')
  return args[0] === 'wait' ? 7 : 3
}`
const pretend = `
if (process.env.PRETENDED === undefined) {
  process.env.PRETENDED = 'yes'
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })
}`

let folder = ''
let modules = ''

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'iamd-door-')))
  modules = join(folder, 'node_modules', '.bin')
  await mkdir(join(folder, 'cli', 'bin'), { recursive: true })
  await mkdir(join(folder, 'cli', 'src'))
  await copyFile(join(import.meta.dirname, '..', 'bin', 'iamd.mjs'), join(folder, 'cli', 'bin', 'iamd.mjs'))
  await writeFile(join(folder, 'cli', 'src', 'main.ts'), program)
  await writeFile(join(folder, 'pretend.mjs'), pretend)
})
after(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  await rm(join(folder, 'node_modules'), { recursive: true, force: true })
  await mkdir(modules, { recursive: true })
})

describe('the door of the command line', () => {
  it('hands arguments to the program and its exit code back', async () => {
    const { code, stdout } = await run(['admin', 'create', 'a b'])
    assert.equal(code, 3)
    assert.deepEqual(JSON.parse(stdout), { args: ['admin', 'create', 'a b'], node: process.versions.node })
  })

  it('on an old Node runs the one of the installation, with the same arguments and exit code', async () => {
    await installNode()
    const { code, stdout, stderr } = await run(['x', '--y=z'], { isOld: true })
    assert.equal(stderr, '')
    assert.equal(code, 3)
    assert.deepEqual(JSON.parse(stdout), { args: ['x', '--y=z'], node: process.versions.node })
  })

  it('on an old Node hands signals on, so that a server behind it stops in order', async () => {
    await installNode()
    const child = start(['wait'], { isOld: true })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'exit'), [7, null])
  })

  it('on an old Node ends as the program behind it ended, by a signal too', async () => {
    await installNode()
    assert.equal((await run(['die'], { isOld: true })).signal, 'SIGKILL')
  })

  it('on an old Node without another one says so in one line and ends with 1', async () => {
    const line = /^iamd: needs Node 24\.15 or later and this is 20\.20\.2; .*`npm ci`.*\n$/
    const none = await run(['x'], { isOld: true })
    assert.equal(none.code, 1)
    assert.match(none.stderr, line)
    await symlink(process.execPath, join(modules, 'node'))
    const itself = await run(['x'], { isOld: true })
    assert.equal(itself.code, 1)
    assert.match(itself.stderr, line)
  })

  it('keeps compiled code in the folder of the user, not in the one that all users share', async () => {
    const cache = join(folder, 'cache')
    await run([], { env: { XDG_CACHE_HOME: cache } })
    assert.equal((await readdir(join(cache, 'iamd', 'compile-cache'))).length, 1)
  })
})

type Options = { readonly isOld?: boolean; readonly env?: Record<string, string> }

function start(
  args: readonly string[],
  { isOld = false, env = {} }: Options,
): ChildProcessByStdio<null, Readable, Readable> {
  const preload = isOld ? ['--import', join(folder, 'pretend.mjs')] : []
  const { NODE_COMPILE_CACHE: _, ...inherited } = process.env
  return spawn(process.execPath, [...preload, join(folder, 'cli', 'bin', 'iamd.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, XDG_CACHE_HOME: join(folder, 'cache-of-all'), ...env },
  })
}

async function run(
  args: readonly string[],
  options: Options = {},
): Promise<Record<'stdout' | 'stderr', string> & { code: unknown; signal: unknown }> {
  const child = start(args, options)
  const [stdout, stderr, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)])
  return { stdout, stderr, code, signal }
}

async function exitOf(child: ReturnType<typeof start>): Promise<readonly unknown[]> {
  return once(child, 'exit')
}

// Another file than the Node that runs now, as the one of the lockfile is.
async function installNode(): Promise<void> {
  await writeFile(join(modules, 'node'), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 })
}
