import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { Activity, KeyUse, PrincipalUse } from './activity.ts'

/** One store under test: `connect` opens an activity on it, as another process would; `dispose` closes all and removes it. */
export interface ContractStore {
  connect(): Promise<Activity>
  dispose(): Promise<void>
}

export type OpenStore = () => Promise<ContractStore>

const ACCOUNT = '123456789012'
const OTHER_ACCOUNT = '210987654321'
const SECOND = 1000

const keyUses: fc.Arbitrary<KeyUse> = fc.record({
  accountId: fc.constant(ACCOUNT),
  accessKeyId: fc.constantFrom('AKIAONE', 'AKIATWO', '__proto__'),
  service: fc.constantFrom('iam', 'sts'),
  region: fc.constantFrom('us-east-1', 'eu-west-1'),
  time: fc.integer({ min: 0, max: 20 }).map((seconds) => seconds * SECOND),
})

const principalUses: fc.Arbitrary<PrincipalUse> = fc.record({
  accountId: fc.constant(ACCOUNT),
  principalId: fc.constantFrom('AIDAONE', 'AIDATWO'),
  action: fc.constantFrom('iam:GetUser', 'iam:CreateUser', 'sts:GetCallerIdentity'),
  region: fc.constantFrom('us-east-1', 'eu-west-1'),
  allowed: fc.boolean(),
  time: fc.integer({ min: 0, max: 20 }).map((seconds) => seconds * SECOND),
})

/** What every implementation of activity has to keep. Each one's own test runs it whole. */
export function activityContract(name: string, open: OpenStore): void {
  async function withActivity(body: (activity: Activity) => Promise<void> | void): Promise<void> {
    const store = await open()
    try {
      await body(await store.connect())
    } finally {
      await store.dispose()
    }
  }
  suite(`activity contract: ${name}`, () => {
    readingContract(withActivity)
    inputContract(withActivity)
    mergingContract(withActivity)
    forgettingContract(withActivity)
  })
}

type WithActivity = (body: (activity: Activity) => Promise<void> | void) => Promise<void>

function readingContract(withActivity: WithActivity): void {
  test('what was never used has no last use', () =>
    withActivity((activity) => {
      assert.equal(activity.keyLastUsed('AKIANEVER'), undefined)
      assert.equal(activity.passwordLastUsed('AIDANEVER'), undefined)
      assert.deepEqual(activity.actionsLastUsed('AIDANEVER'), [])
    }))

  test('a use is seen at once, and the same after it was flushed', () =>
    withActivity(async (activity) => {
      activity.noteKeyUse({ accountId: ACCOUNT, accessKeyId: 'AKIA', service: 'iam', region: 'us-east-1', time: 5000 })
      activity.notePasswordUse({ accountId: ACCOUNT, userId: 'AIDA', time: 6000 })
      const action = { action: 'iam:GetUser', region: 'us-east-1', allowed: false, time: 7000 }
      activity.notePrincipalUse({ accountId: ACCOUNT, principalId: 'AIDA', ...action })
      for (const flushes of [0, 1, 2]) {
        assert.deepEqual(
          activity.keyLastUsed('AKIA'),
          { service: 'iam', region: 'us-east-1', time: 5000 },
          `${flushes}`,
        )
        assert.equal(activity.passwordLastUsed('AIDA'), 6000)
        assert.deepEqual(activity.actionsLastUsed('AIDA'), [action])
        await activity.flush()
      }
    }))

  test('a later use replaces one that was flushed before', () =>
    withActivity(async (activity) => {
      const use = { accountId: ACCOUNT, accessKeyId: 'AKIA', service: 'iam', region: 'us-east-1' }
      activity.noteKeyUse({ ...use, time: 5000 })
      await activity.flush()
      activity.noteKeyUse({ ...use, service: 'sts', time: 9000 })
      assert.deepEqual(activity.keyLastUsed('AKIA'), { service: 'sts', region: 'us-east-1', time: 9000 })
      await activity.flush()
      assert.deepEqual(activity.keyLastUsed('AKIA'), { service: 'sts', region: 'us-east-1', time: 9000 })
    }))
}

function inputContract(withActivity: WithActivity): void {
  test('times are whole seconds, as IAM answers them', () =>
    withActivity((activity) => {
      activity.notePasswordUse({ accountId: ACCOUNT, userId: 'AIDA', time: 1_763_836_800_999 })
      assert.equal(activity.passwordLastUsed('AIDA'), 1_763_836_800_000)
    }))

  test('a time that is no number is not noted and harms nothing beside it', () =>
    withActivity(async (activity) => {
      for (const time of [Number.NaN, Number.POSITIVE_INFINITY]) {
        activity.notePasswordUse({ accountId: ACCOUNT, userId: 'AIDABAD', time })
      }
      activity.notePasswordUse({ accountId: ACCOUNT, userId: 'AIDA', time: 1000 })
      await activity.flush()
      assert.equal(activity.passwordLastUsed('AIDABAD'), undefined)
      assert.equal(activity.passwordLastUsed('AIDA'), 1000)
    }))

  test('text that a caller chose is kept up to 64 characters, whatever it is', () =>
    withActivity(async (activity) => {
      const regions = ['x'.repeat(5000), "'; DROP TABLE use; --", 'a\u0000b', '\ud800', '']
      for (const [index, region] of regions.entries()) {
        const use = { accountId: ACCOUNT, accessKeyId: `AKIA${index}`, service: 'iam', region, time: 1000 }
        activity.noteKeyUse(use)
      }
      await activity.flush()
      assert.equal(activity.keyLastUsed('AKIA0')?.region, 'x'.repeat(64))
      assert.equal(activity.keyLastUsed('AKIA1')?.region, "'; DROP TABLE use; --")
      assert.equal(activity.keyLastUsed('AKIA4')?.region, '')
    }))
}

function mergingContract(withActivity: WithActivity): void {
  test('merging by maximum: the order of arrival and of flushes changes nothing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(keyUses, { minLength: 1, maxLength: 12 }),
        fc.array(principalUses, { maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        async (keys, principals, flushes) => {
          const [forwards, backwards] = await Promise.all([
            noteAll(withActivity, { keys, principals, flushes }),
            noteAll(withActivity, { keys: keys.toReversed(), principals: principals.toReversed(), flushes }),
          ])
          assert.deepEqual(forwards, backwards)
        },
      ),
      { numRuns: 15 },
    ))

  test('the last use is the one with the greatest time', () =>
    fc.assert(
      fc.asyncProperty(fc.array(keyUses, { minLength: 1, maxLength: 20 }), async (uses) =>
        withActivity((activity) => {
          for (const use of uses) activity.noteKeyUse(use)
          for (const { accessKeyId } of uses) {
            const times = uses.filter((use) => use.accessKeyId === accessKeyId).map(({ time }) => time)
            assert.equal(activity.keyLastUsed(accessKeyId)?.time, Math.max(...times))
          }
        }),
      ),
      { numRuns: 15 },
    ))

  test('attempts that were denied count, and each action has its own last attempt', () =>
    withActivity((activity) => {
      const use = { accountId: ACCOUNT, principalId: 'AIDA', region: 'us-east-1' }
      activity.notePrincipalUse({ ...use, action: 'iam:GetUser', allowed: true, time: 1000 })
      activity.notePrincipalUse({ ...use, action: 'iam:GetUser', allowed: false, time: 2000 })
      activity.notePrincipalUse({ ...use, action: 'iam:CreateUser', allowed: true, time: 1000 })
      assert.deepEqual(activity.actionsLastUsed('AIDA'), [
        { action: 'iam:CreateUser', region: 'us-east-1', allowed: true, time: 1000 },
        { action: 'iam:GetUser', region: 'us-east-1', allowed: false, time: 2000 },
      ])
    }))
}

interface Noted {
  readonly keys: readonly KeyUse[]
  readonly principals: readonly PrincipalUse[]
  readonly flushes: Iterator<boolean>
}

/** What can be read after everything was noted, on a store of its own. */
async function noteAll(withActivity: WithActivity, { keys, principals, flushes }: Noted): Promise<unknown> {
  let seen: unknown
  await withActivity(async (activity) => {
    for (const use of keys) {
      activity.noteKeyUse(use)
      if (flushes.next().value === true) await activity.flush()
    }
    for (const use of principals) activity.notePrincipalUse(use)
    seen = [
      ['AKIAONE', 'AKIATWO', '__proto__'].map((id) => activity.keyLastUsed(id)),
      ['AIDAONE', 'AIDATWO'].map((id) => activity.actionsLastUsed(id)),
    ]
  })
  return seen
}

function forgettingContract(withActivity: WithActivity): void {
  for (const flushesBefore of [0, 1]) {
    const state = flushesBefore === 0 ? 'not yet flushed' : 'flushed'

    test(`what is forgotten is gone at once and stays gone (${state})`, () =>
      withActivity(async (activity) => {
        noteSample(activity, ACCOUNT)
        for (let flushes = 0; flushes < flushesBefore; flushes += 1) await activity.flush()
        assert.equal(activity.passwordLastUsed(`AIDA-${ACCOUNT}`), 1000)
        activity.forget(`AIDA-${ACCOUNT}`)
        activity.forget(`AKIA-${ACCOUNT}`)
        assert.deepEqual(sample(activity, ACCOUNT), [undefined, undefined, []])
        await activity.flush()
        assert.deepEqual(sample(activity, ACCOUNT), [undefined, undefined, []])
      }))

    test(`forgetting an account forgets its keys and principals and no others (${state})`, () =>
      withActivity(async (activity) => {
        noteSample(activity, ACCOUNT)
        noteSample(activity, OTHER_ACCOUNT)
        const others = sample(activity, OTHER_ACCOUNT)
        for (let flushes = 0; flushes < flushesBefore; flushes += 1) await activity.flush()
        activity.forgetAccount(ACCOUNT)
        assert.deepEqual(sample(activity, ACCOUNT), [undefined, undefined, []])
        await activity.flush()
        assert.deepEqual(sample(activity, ACCOUNT), [undefined, undefined, []])
        assert.deepEqual(sample(activity, OTHER_ACCOUNT), others)
      }))
  }

  test('what is noted after it was forgotten is noted', () =>
    withActivity(async (activity) => {
      noteSample(activity, ACCOUNT)
      await activity.flush()
      activity.forget(`AIDA-${ACCOUNT}`)
      activity.notePasswordUse({ accountId: ACCOUNT, userId: `AIDA-${ACCOUNT}`, time: 500 * SECOND })
      assert.equal(activity.passwordLastUsed(`AIDA-${ACCOUNT}`), 500 * SECOND)
      await activity.flush()
      assert.equal(activity.passwordLastUsed(`AIDA-${ACCOUNT}`), 500 * SECOND)
      assert.deepEqual(activity.actionsLastUsed(`AIDA-${ACCOUNT}`), [])
    }))

  test('what is forgotten while it is being flushed does not come back', () =>
    withActivity(async (activity) => {
      for (let index = 0; index < 2500; index += 1) {
        activity.notePasswordUse({ accountId: ACCOUNT, userId: `AIDA${index}`, time: 1000 })
      }
      const flushed = activity.flush()
      for (const index of [0, 999, 1000, 2499]) activity.forget(`AIDA${index}`)
      await flushed
      await activity.flush()
      for (const index of [0, 999, 1000, 2499]) assert.equal(activity.passwordLastUsed(`AIDA${index}`), undefined)
      for (const index of [1, 998, 1001, 2498]) assert.equal(activity.passwordLastUsed(`AIDA${index}`), 1000)
    }))
}

function noteSample(activity: Activity, accountId: string): void {
  const principalId = `AIDA-${accountId}`
  const use = { accountId, region: 'us-east-1', time: 1000 }
  activity.noteKeyUse({ ...use, accessKeyId: `AKIA-${accountId}`, service: 'iam' })
  activity.notePasswordUse({ accountId, userId: principalId, time: 1000 })
  activity.notePrincipalUse({ ...use, principalId, action: 'iam:GetUser', allowed: true })
}

function sample(activity: Activity, accountId: string): readonly unknown[] {
  const principalId = `AIDA-${accountId}`
  return [
    activity.keyLastUsed(`AKIA-${accountId}`),
    activity.passwordLastUsed(principalId),
    activity.actionsLastUsed(principalId),
  ]
}
