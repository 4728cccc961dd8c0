import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { FAULTS } from './faults.ts'
import { dieAtCall, loseAfterFault, loseAfterRestart, runTrials } from './faulty-run.ts'

// Every call and not a few of them: packages/server/test/crash/fault-campaign.ts.

suite(
  'a failing disk: what was acknowledged stays, what was refused is not there, what was in doubt is settled, and writes come back',
  () => {
    for (const { name, fault, step } of FAULTS) {
      test(name, async () => {
        using workshop = temporaryDirectory()
        const answer = await runTrials(workshop.path, { fault: { ...fault, call: 1 }, step, trials: 6 })
        assert.deepEqual(answer.lies, [])
        assert.ok(answer.trials > 2, `only ${answer.trials} trials`)
      })
    }
  },
)

for (const how of ['once', 'always'] as const) {
  test(`D-3: what was acknowledged after a sync had failed ${how} survives a loss of power`, async () => {
    for (const call of [11, 12, 15, 18]) {
      using workshop = temporaryDirectory()
      assert.deepEqual(await loseAfterFault(workshop.path, { kinds: 's', call, what: 'EIO', how }), [], `sync ${call}`)
    }
  })
}

for (const by of ['kill', 'power'] as const) {
  test(`D-2, D-9: a ${by === 'kill' ? 'kill' : 'loss of power'} at any call, from making the file to closing it, leaves what was acknowledged`, async () => {
    for (const call of [1, 4, 9, 16, 25, 50, 100, 200]) {
      using workshop = temporaryDirectory()
      assert.deepEqual(await dieAtCall(workshop.path, { call, by }), [], `call ${call}`)
    }
  })
}

for (const isCarried of [true, false]) {
  test(`D-3: what is served after a kill${isCarried ? '' : ' and failed syncs'} survives a loss of power after that`, async () => {
    for (const call of [14, 17, 20]) {
      using workshop = temporaryDirectory()
      assert.deepEqual(await loseAfterRestart(workshop.path, { call, isCarried }), [], `sync ${call}`)
    }
  })
}
