import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { seededRandom } from './random.ts'
import { makeSample, type Truth } from './sample-store.ts'
import { CUTS, tearLog } from './torn-log.ts'

const directory = temporaryDirectory()
let truth: Truth

before(async () => {
  truth = await makeSample(directory.path, { inLog: true })
})
after(() => directory[Symbol.dispose]())

test('D-4: a log that was left whole serves everything and reports nothing', async () => {
  const verdict = await tearLog({ directory: directory.path, truth }, join(directory.path, 'whole'), {
    cut: 0,
    noise: false,
  })
  assert.deepEqual([verdict.lies, verdict.alarms, verdict.damaged], [[], [], []])
})

// Every byte: packages/server/test/damage/campaign.ts.
for (const noise of [false, true]) {
  test(`D-4: a log that is ${noise ? 'overwritten' : 'cut off'} anywhere in its last two frames opens, and what is lost is reported`, async () => {
    const random = seededRandom(4)
    const cuts = [
      1,
      23,
      24,
      25,
      CUTS / 2 - 1,
      CUTS / 2,
      CUTS / 2 + 1,
      CUTS,
      ...Array.from({ length: 8 }, () => 1 + random(CUTS)),
    ]
    for (const cut of cuts) {
      const into = join(directory.path, `cut ${cut} ${noise}`)
      const verdict = await tearLog({ directory: directory.path, truth }, into, { cut, noise })
      assert.deepEqual(verdict.lies, [], `cut at ${cut} bytes from the end`)
      assert.deepEqual(verdict.alarms, ['tail-lost'], `cut at ${cut} bytes from the end`)
    }
  })
}
