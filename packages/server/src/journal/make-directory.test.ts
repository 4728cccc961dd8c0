import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeDirectory } from './make-directory.ts'
import { temporaryDirectory } from './temporary-directory.ts'

test('M-09: every directory that is made is for its owner only, and one that is there is left alone', () => {
  using directory = temporaryDirectory()
  const path = join(directory.path, 'a', 'b', 'c')
  makeDirectory(path)
  makeDirectory(path)
  assert.equal(statSync(path).mode & 0o777, 0o700)
  assert.equal(statSync(join(directory.path, 'a')).mode & 0o777, 0o700)
})

test('a place that takes no directory is an error, and not an endless loop', () => {
  const place = process.platform === 'linux' ? '/proc/iamd' : '/dev/null/iamd'
  assert.throws(() => makeDirectory(place), { name: 'Error' })
})
