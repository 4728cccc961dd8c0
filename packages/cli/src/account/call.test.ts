import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'

import { Failure } from '../failure.ts'
import { CallFailure } from './account-api.ts'
import { callPatiently, type Call } from './call.ts'

const read: Call = { operation: 'GetUser', isWrite: false }
const write: Call = { operation: 'CreateAccessKey', isWrite: true }
const local = { endpointUrl: 'http://127.0.0.1:4263', region: 'us-east-1', profile: undefined }
const aws = { ...local, endpointUrl: undefined }

describe('a call that fails', () => {
  it('is refused once and for all when the service says no', async (t) => {
    const { tries, error } = await failing(t, write, sdkError('AccessDeniedException', 'client'))
    assert.equal(tries, 1)
    assert.ok(error instanceof CallFailure)
    assert.deepEqual([error.code, error.outcome], ['AccessDenied', 'refused'])
  })

  it('is made again when it is a read and nobody knows what became of it', async (t) => {
    assert.equal((await failing(t, read, sdkError('ServiceFailureException', 'server'))).tries, 6)
    assert.equal((await failing(t, read, new Error('socket hang up'))).tries, 6)
  })

  it('is never made again when it is a write and may have taken effect', async (t) => {
    for (const cause of [sdkError('ServiceFailureException', 'server'), new Error('socket hang up')]) {
      const { tries, error } = await failing(t, write, cause)
      assert.equal(tries, 1)
      assert.ok(error instanceof CallFailure && error.outcome === 'unknown')
    }
  })

  it('is made again when the service says that it only came too early', async (t) => {
    for (const name of ['Throttling', 'ThrottlingException', 'EntityTemporarilyUnmodifiableException']) {
      assert.equal((await failing(t, write, sdkError(name, 'client'))).tries, 6, name)
    }
  })

  it('for something not found is made again on AWS, whose writes take time to be seen, and not elsewhere', async (t) => {
    const missing = sdkError('NoSuchEntityException', 'client')
    assert.equal((await failing(t, write, missing, aws)).tries, 6)
    assert.equal((await failing(t, write, missing)).tries, 1)
    assert.equal((await failing(t, read, missing, aws)).tries, 1)
  })

  it('ends with the answer as soon as there is one', async (t) => {
    let tries = 0
    const answer = callWithoutWaiting(t, () =>
      callPatiently(read, local, () => {
        tries += 1
        return tries < 3 ? Promise.reject(new Error('reset')) : Promise.resolve('answer')
      }),
    )
    assert.equal(await answer, 'answer')
    assert.equal(tries, 3)
  })

  it('says what a person can do about missing or wrong credentials and an unreachable service', async (t) => {
    const unreachable = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const plain = Object.assign(new Error('write EPROTO'), { code: 'EPROTO' })
    const cases: readonly [Error, RegExp, RegExp][] = [
      [sdkError('CredentialsProviderError'), /no credentials were found/, /`--profile`/],
      [sdkError('InvalidClientTokenId', 'client'), /does not accept the credentials/, /administrator or the root user/],
      [plain, /does not speak TLS as it should/, /begins with `http:\/\/`/],
      [unreachable, /cannot reach `http:\/\/127\.0\.0\.1:4263`/, /`iamd start`/],
    ]
    for (const [cause, message, remedy] of cases) {
      const { tries, error } = await failing(t, read, cause)
      assert.equal(tries, 1)
      assert.ok(error instanceof Failure)
      assert.match(error.message, message)
      assert.match(error.remedy ?? '', remedy)
    }
  })
})

function sdkError(name: string, fault?: 'client' | 'server'): Error {
  return Object.assign(new Error('why'), { name }, fault === undefined ? {} : { $fault: fault })
}

async function failing(
  t: TestContext,
  ...[call, cause, target = local]: [Call, Error, (typeof local | typeof aws)?]
): Promise<{ tries: number; error: unknown }> {
  let tries = 0
  const send = (): Promise<never> => {
    tries += 1
    return Promise.reject(cause)
  }
  try {
    await callWithoutWaiting(t, () => callPatiently(call, target, send))
  } catch (error) {
    return { tries, error }
  }
  throw new Error('the call did not fail')
}

// The clock stands; every pause ends as soon as it has begun.
async function callWithoutWaiting<T>(t: TestContext, call: () => Promise<T>): Promise<T> {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let isDone = false
  const result = call().finally(() => {
    isDone = true
  })
  const ticking = (async () => {
    while (!isDone) {
      await Promise.resolve()
      t.mock.timers.tick(10_000)
    }
  })()
  try {
    return await result
  } finally {
    await ticking
    t.mock.timers.reset()
  }
}
