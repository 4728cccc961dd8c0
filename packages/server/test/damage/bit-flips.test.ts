import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { flipBit } from './bit-flips.ts'
import { judge } from './judge.ts'
import { seededRandom } from './random.ts'
import { makeSample, type Truth } from './sample-store.ts'

const directory = temporaryDirectory()
let truth: Truth

before(async () => {
  truth = await makeSample(directory.path, { inLog: false })
})
after(() => directory[Symbol.dispose]())

// 1,000 and more: packages/server/test/damage/campaign.ts.
for (const [name, tuning] of [
  ['the structure of a small file is checked at once', {}],
  ['a file is too large to be checked when it is opened', { checkedBytesMax: 0 }],
] as const) {
  test(`D-5: a flipped bit is harmless, refused or reported, never served, where ${name}`, async () => {
    const random = seededRandom(5)
    const seen = { harmless: 0, refused: 0, reported: 0 }
    for (let round = 0; round < 40; round += 1) {
      const into = join(directory.path, `${name} ${round}`)
      const verdict = await flipBit({ directory: directory.path, truth }, into, { random, tuning })
      assert.deepEqual(verdict.lies, [])
      if (verdict.refused !== undefined) seen.refused += 1
      else if (verdict.damaged.length > 0 || verdict.alarms.length > 0) seen.reported += 1
      else seen.harmless += 1
    }
    assert.ok(seen.harmless > 0 && seen.reported > 0, JSON.stringify(seen))
  })
}

test('the sample itself is served whole', async () => {
  const verdict = await judge(directory.path, truth)
  assert.deepEqual([verdict.lies, verdict.alarms, verdict.damaged, verdict.refused], [[], [], [], undefined])
})
