// What the documents tell people to type is parsed by the command line itself; only the work is not done.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

import { Command } from 'commander'

import { commandEntries, groupSummaries } from './commands/registry.ts'
import { fakeTerminal } from './fake-terminal.ts'
import { runCommands } from './main.ts'

const repository = join(import.meta.dirname, '..', '..', '..')

/** The entries of `iamd`, with `did` called in place of the work. */
function entriesThatOnlySay(did: (words: string) => void): typeof commandEntries {
  return commandEntries.map((entry) => ({
    ...entry,
    load: async () => ({ ...(await entry.load()), run: async () => did(entry.words) }),
  }))
}

/** What was reached by typing the words, or what was complained of. */
async function reached(words: readonly string[]): Promise<string> {
  let ran = 'no command'
  const { io, stderr } = fakeTerminal()
  const entries = entriesThatOnlySay((name) => {
    ran = name
  })
  const code = await runCommands({ entries, groupSummaries }, words, io)
  return code === 0 ? ran : stderr()
}

async function documents(): Promise<ReadonlyMap<string, string>> {
  const guides = (await readdir(join(repository, 'docs'))).filter((name) => name.endsWith('.md'))
  const paths = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...guides.map((name) => join('docs', name))]
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(repository, path), 'utf8')] as const),
  )
  return new Map(texts)
}

/** What follows `iamd` in blocks of code and in code within a sentence; `COMMAND` stands for any command. */
function typedLines(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```(?:sh|ini)\n(.*?)^```$/gms)].flatMap(([, code = '']) =>
    code.replaceAll('\\\n', ' ').split('\n'),
  )
  const prose = text.replace(/^```.*?^```$/gms, '')
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...blocks, ...inline].flatMap((line) => {
    const [, typed] = /(?:^|[\s/])iamd ([^|#&>]+)/.exec(line) ?? []
    return typed === undefined || /^\.\.\.|\bCOMMAND\b/.test(typed) ? [] : [typed.trim()]
  })
}

function wordsOf(typed: string): string[] {
  return [...typed.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => {
    return double ?? single ?? bare ?? ''
  })
}

test('every `iamd` line of the documents is understood by the command line', async () => {
  const found: string[] = []
  for (const [path, text] of await documents()) {
    for (const typed of typedLines(text)) {
      found.push(typed)
      // The name alone speaks of the command, with arguments it is something to type.
      if (commandEntries.some(({ words }) => words === typed)) continue
      const words = wordsOf(typed)
      const name = words.slice(0, Object.hasOwn(groupSummaries, words[0] ?? '') ? 2 : 1).join(' ')
      const expected = words.includes('--help') ? 'no command' : name
      assert.equal(await reached(words), expected, `${path}: iamd ${typed}`)
    }
  }
  for (const { words } of commandEntries) {
    assert.ok(
      found.some((typed) => typed.startsWith(words)),
      `no document shows \`iamd ${words}\``,
    )
  }
})

test('a line that is wrong would be found', async () => {
  assert.match(await reached(['start', '--dta', 'x']), /unknown option '--dta'/)
  assert.match(await reached(['admin', 'crate', 'alice']), /unknown command 'crate'/)
  assert.deepEqual(typedLines('`iamd nothing`\n\n```sh\nnpm ci && npx iamd start \\\n  --data x # why\n```\n'), [
    'start    --data x',
    'nothing',
  ])
})

test('every option that the documents about commands name is an option of `iamd`', async () => {
  const known = new Set(['--help', '--version', '--output', ...(await declaredOptions())])
  const texts = await documents()
  for (const path of ['cli.md', 'operating.md', 'policies.md'].map((name) => join('docs', name))) {
    const prose = (texts.get(path) ?? '').replace(/^```.*?^```$/gms, '')
    const named = [...prose.matchAll(/`(--[a-z][a-z-]*)/g)].map(([, option = '']) => option)
    assert.ok(named.length > 5, path)
    for (const option of named) assert.ok(known.has(option), `${path}: \`${option}\``)
  }
})

async function declaredOptions(): Promise<string[]> {
  const definitions = await Promise.all(commandEntries.map(({ load }) => load()))
  return definitions.flatMap((definition) => {
    const command = new Command()
    definition.declare(command)
    return command.options.map(({ long }) => long ?? '')
  })
}
