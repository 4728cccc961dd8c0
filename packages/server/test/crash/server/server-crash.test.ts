import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryDirectory } from '../../../src/journal/temporary-directory.ts'
import { crashRounds, type CrashSubject } from '../rounds.ts'
import { serverSubject } from './server-subject.ts'

// 200 rounds and more: packages/server/test/crash/campaign.ts --of server.

test('D-1: nothing that a server acknowledged is lost or half-applied when it is killed under eight writers, and it starts every time', async () => {
  await assertSurvives(serverSubject(1), { rounds: 4, seed: 1 })
})

test('D-1: nothing that one of two workers acknowledged is lost when the supervisor is killed, or a worker and then the supervisor', async () => {
  await assertSurvives(serverSubject(2), { rounds: 2, seed: 6 })
})

test('D-1: the look at a server after a crash finds a call that was acknowledged and is not there', async () => {
  using workshop = temporaryDirectory()
  const subject = serverSubject(1)
  const liar: CrashSubject = {
    command: (directory) => subject.command(directory),
    check: (directory, acknowledged) => subject.check(directory, acknowledged),
    write: (child, acknowledge) =>
      subject.write(child, (write) => {
        // The next call may be under way; the one after it is not.
        for (const ahead of [0, 1, 2]) acknowledge(write.replace(/\d+$/, (step) => `${Number(step) + ahead}`))
      }),
  }
  const { lost } = await crashRounds({ subject: liar, rounds: 1, seed: 1, workshop: workshop.path, by: 'kill' })
  assert.notDeepEqual(lost, [])
})

async function assertSurvives(
  subject: CrashSubject,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): Promise<void> {
  using workshop = temporaryDirectory()
  const figures = await crashRounds({ subject, rounds, seed, workshop: workshop.path, by: 'kill' })
  assert.deepEqual([figures.lost, figures.halfApplied, figures.failedToOpen], [[], [], []])
  assert.ok(figures.acknowledged > 0)
}
