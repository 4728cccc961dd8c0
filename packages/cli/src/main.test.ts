import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { Command } from 'commander'

import type { CommandDefinition, CommandEntry } from './command.ts'
import { adminCreate } from './commands/admin-create.ts'
import { commandEntries } from './commands/registry.ts'
import { exitCodes, Failure, ReportedEnd, wrongUsage } from './failure.ts'
import { fakeTerminal, type FakePerson, type FakeTerminal } from './fake-terminal.ts'
import { main, runCommands } from './main.ts'
import { printerOn } from './terminal.ts'

describe('the command line', () => {
  it('shows its commands with `--help`, and a version, with exit code 0', async () => {
    const help = await run(['--help'])
    assert.equal(help.code, 0)
    assert.match(help.stdout(), /Commands:\n(?: {2}.*\n)* {2}admin /)
    const version = await run(['--version'])
    assert.equal(version.code, 0)
    assert.match(version.stdout(), /^iamd \d+\.\d+\.\d+\n$/)
  })

  it('teaches each command by examples, in `--help` and `help` alike', async () => {
    for (const { words } of commandEntries) {
      const { code, stdout } = await run([...words.split(' '), '--help'])
      assert.equal(code, 0)
      assert.match(stdout(), new RegExp(`Examples:\n {2}# .+\n {2}.*iamd ${words}`))
      assert.equal((await run(['help', ...words.split(' ')])).stdout(), stdout())
    }
  })

  it('has only examples that it would accept', async () => {
    for (const { words, load } of commandEntries) {
      const { examples, declare } = await load()
      for (const { type } of examples) {
        const [, typed = ''] = type.split(`iamd ${words}`)
        const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
        command.option('--output <format>')
        declare(command)
        await command.parseAsync(shellWords(typed), { from: 'user' })
      }
    }
  })

  it('explains every option of `admin create` in docs/cli.md', async () => {
    const command = new Command()
    adminCreate.declare(command)
    const page = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'cli.md'), 'utf8')
    for (const { long } of command.options) assert.ok(page.includes(`\`${long}`), `${long} is missing`)
  })

  it('ends with 2 and one line with a hint for what it does not understand', async () => {
    const cases: readonly [string[], RegExp][] = [
      [['nope'], /^iamd: unknown command 'nope'\n$/],
      [['--nope'], /^iamd: unknown option '--nope'\n$/],
      [['admin', 'nope'], /^iamd: unknown command 'nope'\n/],
      [['help', 'strat'], /^iamd: unknown command 'strat'\n\(Did you mean start\?\)\n/],
      [['strat', '--help'], /^iamd: unknown command 'strat'\n\(Did you mean start\?\)\n/],
      [['help', 'admin', 'crate'], /^iamd: unknown command 'crate'\n\(Did you mean create\?\)\n/],
      [['admin', 'create'], /^iamd: missing required argument 'NAME'\n\(examples: iamd admin create --help\)\n$/],
      [['admin', 'create', 'a', 'b'], /^iamd: too many arguments/],
      [
        ['admin', 'create', 'a', '--lock-root', 'burn'],
        /argument 'burn' is invalid. Allowed choices are delete, deactivate/,
      ],
      [['--output', 'xml', 'admin', 'create', 'a'], /argument 'xml' is invalid. Allowed choices are text, json/],
    ]
    for (const [args, message] of cases) {
      const { code, stderr, stdout } = await run(args)
      assert.equal(code, 2, args.join(' '))
      assert.match(stderr(), message)
      assert.equal(stdout(), '')
    }
  })

  it('prints in other formats where a command has them, and only there', async () => {
    const formats: string[] = []
    const definition: CommandDefinition = {
      examples: [],
      formats: ['text', 'junit'],
      declare: () => undefined,
      run: (_command, { terminal }) => Promise.resolve(void formats.push(terminal.format)),
    }
    const entries = [{ words: 'report', summary: 'reports', load: () => Promise.resolve(definition) }]
    const typed = (...args: string[]): Promise<number> =>
      runCommands({ entries, groupSummaries: {} }, args, fakeTerminal().io)
    assert.equal(await typed('report', '--output', 'junit'), 0)
    assert.equal(await typed('--output', 'junit', 'report'), 0)
    assert.equal(await typed('report'), 0)
    assert.equal(await typed('report', '--output', 'sarif'), 2)
    assert.deepEqual(formats, ['junit', 'junit', 'text'])
  })

  it('shows what there is, and ends with 2, when a command is missing', async () => {
    for (const args of [[], ['admin']]) {
      const { code, stderr } = await run(args)
      assert.equal(code, 2)
      assert.match(stderr(), /^Usage: iamd/)
    }
  })

  it('imports nothing heavy before a command runs', async () => {
    const script = `
      import { registerHooks } from 'node:module'
      import { main } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'main.ts')).href)}
      const seen = []
      registerHooks({ load: (url, context, next) => (seen.push(url), next(url, context)) })
      await main(['admin', 'create', '--help'], { ...process, stdout: process.stderr })
      process.stdout.write(seen.filter((url) => url.includes('/node_modules/')).join())
    `
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
    assert.equal(stdout, '')
  })
})

describe('a command that ends badly', () => {
  it('prints one line with the remedy and ends with its code', async () => {
    const { code, stderr, stdout } = await runFailing(new Failure('it broke', { remedy: 'mend it' }))
    assert.equal(code, 1)
    assert.equal(stderr(), 'iamd: it broke; mend it\n')
    assert.equal(stdout(), '')
    assert.equal((await runFailing(wrongUsage('not so'))).code, 2)
  })

  it('with `--output json` prints an object too, with what the failure reports', async () => {
    const failure = new Failure('it broke', { remedy: 'mend it', report: { status: 'created', made: ['a'] } })
    const { stdout } = await runFailing(failure, ['--output', 'json'])
    assert.deepEqual(JSON.parse(stdout()), {
      status: 'failed',
      made: ['a'],
      error: { message: 'it broke', remedy: 'mend it' },
    })
  })

  it('says nothing more when its result says it all', async () => {
    const { code, stderr, stdout } = await runFailing(new ReportedEnd(exitCodes.failed), ['--output', 'json'])
    assert.deepEqual([code, stderr(), stdout()], [1, '', ''])
  })

  it('shows a bug as a bug, with its stack', async () => {
    const { code, stderr } = await runFailing(new TypeError('x is not y'))
    assert.equal(code, 1)
    assert.match(stderr(), /^iamd: this is a bug in iamd: TypeError: x is not y\n {4}at /)
  })
})

describe('a printer', () => {
  it('colours on a terminal only, and not with NO_COLOR or a dumb one', () => {
    const paint = (isTTY: boolean, env: Record<string, string>): string =>
      printerOn(Object.assign(new Writable(), { isTTY }), env).paint('red', 'x')
    assert.equal(paint(true, {}), '\u001b[31mx\u001b[39m')
    assert.equal(paint(true, { NO_COLOR: '' }), '\u001b[31mx\u001b[39m')
    for (const plain of [paint(false, {}), paint(true, { NO_COLOR: '1' }), paint(true, { TERM: 'dumb' })]) {
      assert.equal(plain, 'x')
    }
  })

  it('keeps control characters of a server away from a terminal, and leaves a file as it is', async () => {
    const hostile = 'a\u001b]0;title\u0007b\u001b[2Jc\u009b31md\te\nf'
    const written = async (isTTY: boolean): Promise<string> => {
      const chunks: string[] = []
      const stream = new Writable({
        write: (chunk: Buffer, _encoding, done) => (chunks.push(chunk.toString()), done()),
      })
      await printerOn(Object.assign(stream, { isTTY }), {}).line(hostile)
      return chunks.join('')
    }
    assert.equal(await written(true), 'a]0;titleb[2Jc31mde\nf\n')
    assert.equal(await written(false), `${hostile}\n`)
  })

  it('says when the stream is broken, without ending the process', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
    await assert.rejects(printerOn(stream, {}).line('x'), { message: 'EPIPE' })
  })

  it('ends well when nobody reads its help to the end', async () => {
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
    assert.equal(await main(['start', '--help'], { ...fakeTerminal().io, stdout }), 0)
  })
})

function shellWords(text: string): string[] {
  return (text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) => word.replaceAll(/["']/g, ''))
}

async function run(args: readonly string[], person: FakePerson = {}): Promise<FakeTerminal & { code: number }> {
  const terminal = fakeTerminal(person)
  return { ...terminal, code: await main(args, terminal.io) }
}

async function runFailing(error: Error, args: readonly string[] = []): Promise<FakeTerminal & { code: number }> {
  const definition: CommandDefinition = { examples: [], declare: () => undefined, run: () => Promise.reject(error) }
  const entry: CommandEntry = { words: 'fail', summary: 'fails', load: () => Promise.resolve(definition) }
  const terminal = fakeTerminal()
  const code = await runCommands({ entries: [entry], groupSummaries: {} }, ['fail', ...args], terminal.io)
  return { ...terminal, code }
}
