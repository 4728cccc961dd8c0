import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { repositoryPaths } from '../source/source-file.ts'
import { nameFindings } from './names.ts'

const wrongNames = [
  'packages/wire/src/utils.ts',
  'packages/wire/src/utils/text.ts',
  'packages/wire/src/helpers/text.ts',
  'packages/wire/src/common.ts',
  'packages/server/src/misc/a.ts',
  'packages/server/src/shared/a.ts',
  'packages/server/src/account/userTable.ts',
  'packages/server/src/account/User.ts',
  'packages/server/src/account/user_table.ts',
  'packages/server/src/Account/user.ts',
  'packages/server/src/account/index.ts',
  'packages/server/src/vault/library-1.0.0.whl',
]

for (const path of wrongNames) {
  test(`the name ${path} is refused`, () => assert.equal(nameFindings([path]).length, 1))
}

test('names of the kind that the repository uses are accepted', () => {
  assertNone(
    nameFindings([
      'packages/wire/src/index.ts',
      'packages/server/src/operations/user/create-user.test.ts',
      'packages/cli/bin/iamd.mjs',
      'packages/sigv4/src/fixtures/get-header-value-trim/Request.TXT',
      'README.md',
    ]),
  )
})

test('a folder with 26 entries is refused, one with 25 is not', () => {
  const files = Array.from({ length: 26 }, (_, index) => `packages/wire/src/file-${index}.ts`)
  assert.deepEqual(nameFindings(files), ['packages/wire/src: 26 entries, more than 25'])
  assert.deepEqual(nameFindings([...files.slice(1), 'packages/wire/src/file-1.test.ts']), [])
})

test('every file and folder of the repository has a good name and company of at most 25', () => {
  assertNone(nameFindings(repositoryPaths()))
})
