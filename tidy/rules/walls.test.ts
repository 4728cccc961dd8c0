import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { codeFiles } from '../source/source-file.ts'
import { rooms } from './wall-table.ts'
import { wallBreaches } from './walls.ts'

const server = 'packages/server/src'

/** An import that must be refused: from where, the statement, and a part of the sentence. */
const refused: readonly (readonly [path: string, statement: string, part: RegExp])[] = [
  [
    `${server}/account/user.ts`,
    `import { open } from '../journal/sqlite.ts'`,
    /`account` may not import `journal stores`/,
  ],
  [`${server}/account/user.ts`, `import { open } from '../vault/vault.ts'`, /only types of `vault`/],
  [`${server}/account/user.ts`, `import { parseForm } from '@iamd/wire'`, /only types of `wire`/],
  [`${server}/account/user.ts`, `import { readFile } from 'node:fs'`, /`account` may not import `node:fs`/],
  [`${server}/operations/user/create-user.ts`, `import { open } from '../../vault/vault.ts'`, /only types of `vault`/],
  [`${server}/operations/user/create-user.ts`, `export * from '../operation.ts'`, /hands on/],
  [`${server}/operations/user/create-user.ts`, `export type { Ask } from '../operation.ts'`, /hands on/],
  [`${server}/operations/user/create-user.ts`, `import { decode } from '../../stages/decode.ts'`, /`stages`/],
  [`${server}/operations/user/create-user.ts`, `const x = await import('../../ledger/ledger.ts')`, /`ledger`/],
  [`${server}/operations/user/create-user.ts`, `type X = import('../../journal/journal.ts').Journal`, /`journal`/],
  [`${server}/ledger/ledger.ts`, `import { open } from '../journal/sqlite/open.ts'`, /`journal stores`/],
  [`${server}/journal/sqlite/open.ts`, `new URL('../../ledger/worker.ts', import.meta.url)`, /`ledger`/],
  [`${server}/journal/sqlite/a.ts`, `new URL(isSource ? '../../ledger/w.ts' : './w.ts', import.meta.url)`, /`ledger`/],
  [`${server}/stages/decode.ts`, `import { serve } from '../endpoints/aws-api.ts'`, /`endpoints`/],
  [`${server}/operations/a.ts`, `new URL('../../assets-of-others/x.br', import.meta.url)`, /leads to no room/],
  [`${server}/stages/decode.ts`, `import pino from 'pino'`, /`stages` may not import `pino`/],
  [`${server}/helpers/text.ts`, ``, /stands in no room/],
  ['packages/policy/src/match.ts', `import { isIP } from 'node:net'`, /`policy` may not import `node:net`/],
  ['packages/wire/src/xml.ts', `import { sign } from '@iamd/sigv4'`, /`wire` may not import `sigv4`/],
  ['packages/cli/src/main.ts', `import { x } from '@iamd/server/src/main.ts'`, /reaches past the door/],
  ['packages/cli/src/main.ts', `import { x } from '../../server/src/main.ts'`, /past the door of `server`/],
  ['packages/cli/src/main.ts', `import { world } from '../test/world.ts'`, /imports the test/],
  ['packages/sigv4/src/sign.test.ts', `import { start } from '@iamd/server'`, /tests of `sigv4`/],
  ['e2e/story.test.ts', `import { x } from '../packages/server/src/main.ts'`, /past the door of `server`/],
]

/** An import that must pass. */
const allowed: readonly (readonly [path: string, statement: string])[] = [
  [`${server}/account/user.ts`, `import type { PolicyDocument } from '@iamd/policy'`],
  [`${server}/account/user.ts`, `import { type PolicyDocument } from '@iamd/policy'`],
  [`${server}/operations/user/create-user.ts`, `import { userArn } from '../../account/arns.ts'`],
  [`${server}/operations/user/create-user.ts`, `import { operation } from '../operation.ts'`],
  [`${server}/ledger/ledger.test.ts`, `import { open } from '../journal/sqlite.ts'`],
  [`${server}/journal/sqlite.test.ts`, `import { contract } from './contract.ts'`],
  [`${server}/index.ts`, `export { start } from './main.ts'`],
  [`${server}/main.ts`, `import { open } from './journal/sqlite.ts'`],
  ['packages/sigv4/src/sign.ts', `import { createHash } from 'node:crypto'`],
  ['packages/sigv4/src/sign.test.ts', `import { parse } from '@iamd/wire'`],
  [`${server}/vault/words.ts`, `new URL('../../assets/words.txt.br', import.meta.url)`],
  ['packages/server/test/world.ts', `import { start } from '../src/main.ts'`],
  ['packages/cli/src/program.ts', `import manifest from '../package.json' with { type: 'json' }`],
]

for (const [path, statement, part] of refused) {
  test(`the walls refuse \`${statement}\` in ${path}`, () => {
    const [breach, ...more] = wallBreaches([{ path, text: statement }])
    assert.match(breach ?? 'no breach was found', part)
    assert.deepEqual(more, [])
  })
}

for (const [path, statement] of allowed) {
  test(`the walls let \`${statement}\` pass in ${path}`, () => {
    assert.deepEqual(wallBreaches([{ path, text: statement }]), [])
  })
}

test('the drawing of the rooms has no cycle', () => {
  const below = (name: string, path: readonly string[]): void => {
    assert.ok(!path.includes(name), `the rooms import each other: ${[...path, name].join(' > ')}`)
    for (const next of [...(rooms[name]?.imports ?? []), ...(rooms[name]?.importsTypes ?? [])])
      below(next, [...path, name])
  }
  for (const name of Object.keys(rooms)) below(name, [])
})

test('every import in the repository is one that the drawing allows', () => {
  assertNone(wallBreaches(codeFiles()))
})
