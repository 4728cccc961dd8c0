import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { journalSubject } from './journal-subject.ts'
import { crashRounds } from './rounds.ts'

// 200 rounds and more: packages/server/test/crash/campaign.ts.

test('D-1: no acknowledged write is lost or half-applied when the process is killed, and the journal opens every time', async () => {
  using workshop = temporaryDirectory()
  const figures = await crashRounds({
    subject: journalSubject(),
    rounds: 3,
    seed: 1,
    workshop: workshop.path,
    by: 'kill',
  })
  assert.deepEqual([figures.lost, figures.halfApplied, figures.failedToOpen], [[], [], []])
  assert.ok(figures.acknowledged > 0)
})

test('D-3: no acknowledged write is lost or half-applied when the power goes, and the journal opens every time', async () => {
  using workshop = temporaryDirectory()
  const figures = await crashRounds({
    subject: journalSubject(),
    rounds: 20,
    seed: 3,
    workshop: workshop.path,
    by: 'power',
  })
  assert.deepEqual([figures.lost, figures.halfApplied, figures.failedToOpen], [[], [], []])
  assert.ok(figures.acknowledged > 0)
})

test('D-3: the loss of power that these tests make is one that a journal which does not sync would not survive', async () => {
  using workshop = temporaryDirectory()
  const subject = journalSubject('NORMAL')
  const figures = await crashRounds({ subject, rounds: 4, seed: 3, workshop: workshop.path, by: 'power' })
  assert.notDeepEqual(figures.lost, [])
})
