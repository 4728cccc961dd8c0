import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { codeFiles } from '../source/source-file.ts'
import { commentFindings } from './comments.ts'

const findings = (text: string): string[] => commentFindings([{ path: 'packages/wire/src/a.ts', text }])
const leftovers = [`TO${'DO'}`, `FIX${'ME'}`, `XX${'X'}`]

const refused = [
  ...leftovers.map((word) => `// ${word}: finish this\nconst a = 1`),
  '// ------------------ parsing ------------------\nconst a = 1',
  '// const b = parse(a)\nconst a = 1',
  '// return parse(a);\nconst a = 1\n// parse(a);',
  `export function parse(): void {${'\n  work()'.repeat(5)}\n}`,
  `/** What it makes. */\nexport class A {}\nexport class B {${'\n  #a = 1'.repeat(5)}\n}`,
  `${'const a = 1\n'.repeat(80)}const b = 2`,
]
const accepted = [
  ...leftovers.map((word) => `// ${word} #12: finish this when the engine has it.\nconst a = 1`),
  '// The caller has parsed it (see `parse`).\nconst a = 1',
  '/** What it makes. */\nexport const a = 1',
  '/** What the file is for. */\nimport { b } from "./b.ts"\nexport const a = b',
  `export const a = {${'\n  b,'.repeat(5)}\n}`,
  `/** What the file is for. */\nimport { b } from './b.ts'\nexport class A {${'\n  #a = 1'.repeat(5)}\n}`,
  `import { b } from './b.ts'\n/** What it is for. */\nexport class B {${'\n  #a = 1'.repeat(80)}\n}`,
  'export const isUser = (value: unknown): boolean => value === 1',
  `export interface A {${'\n  b: string'.repeat(5)}\n}`,
  `/** What it is for. */\n${'const a = 1\n'.repeat(80)}const b = 2`,
]

for (const text of refused) {
  test(`\`${text.replaceAll('\n', ' ').slice(0, 60)}\` is refused`, () => assert.notDeepEqual(findings(text), []))
}
for (const text of accepted) {
  test(`\`${text.replaceAll('\n', ' ').slice(0, 60)}\` is accepted`, () => assert.deepEqual(findings(text), []))
}

test('every comment in the repository keeps the rules', () => {
  assertNone(commentFindings(codeFiles()))
})
