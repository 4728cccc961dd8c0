import { test } from 'node:test'
import { findOutdated, generateAll } from '../../scripts/generate.ts'
import { assertNone } from '../source/assert-none.ts'
import { repositoryPaths } from '../source/source-file.ts'

test('every generated file and table is what `npm run generate` would write', () => {
  assertNone(findOutdated(generateAll()))
})

test('no file lies among the generated ones of packages/wire that is not generated', () => {
  const generated = generateAll()
  assertNone(
    repositoryPaths().filter((path) => path.startsWith('packages/wire/src/generated/') && !generated.has(path)),
  )
})
