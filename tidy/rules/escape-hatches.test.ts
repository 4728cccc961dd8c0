import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { codeFiles } from '../source/source-file.ts'
import { assertionCountMax, assertionPlaces, escapeFindings } from './escape-hatches.ts'

const findings = (text: string): string[] => escapeFindings([{ path: 'packages/wire/src/a.ts', text }])

const refused = [
  'export const a = b as string',
  'export const a = <string>b',
  'export const a = b as unknown as string',
  'export const a = b as string // why',
  '// @ts-ignore\nexport const a = b',
  '// @ts-expect-error\nexport const a = b',
  '/* oxlint-disable */\nexport const a = b',
  'export const a = b // oxlint-disable-line',
  'export const a = b // oxlint-disable-line eslint/no-var',
  'export const a = b // eslint-disable-line eslint/no-var -- because of the law',
]
const accepted = [
  'export const a = { b: 1 } as const',
  'import { a as b } from "./c.ts"\nexport { b as d }',
  'export const a = b as string // the generated table holds strings only',
  'const a = "b as c"',
  'export const a = b // oxlint-disable-line eslint/no-var -- an old engine needs it',
]

for (const text of refused) {
  test(`\`${text.replaceAll('\n', ' ')}\` is refused`, () => assert.notDeepEqual(findings(text), []))
}
for (const text of accepted) {
  test(`\`${text.replaceAll('\n', ' ')}\` is accepted`, () => assert.deepEqual(findings(text), []))
}

test('every way around the type checker or the linter gives its reason', () => {
  assertNone(escapeFindings(codeFiles()))
})

test('there are not more type assertions than there were', () => {
  const places = assertionPlaces(codeFiles())
  assert.ok(places.length <= assertionCountMax, `${places.length}, at most ${assertionCountMax}:\n${places.join('\n')}`)
})
