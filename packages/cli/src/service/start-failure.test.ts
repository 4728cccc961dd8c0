import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../failure.ts'
import { startFailure } from './start-failure.ts'

function named(name: string): Error {
  return Object.assign(new Error('what went wrong'), { name })
}

test('what can stop a start is told with what to do about it', () => {
  for (const name of ['DataLocked', 'JournalUnavailable', 'WriteInDoubt', 'VaultFault']) {
    const failure = startFailure(named(name))
    assert.ok(failure instanceof Failure, name)
    assert.equal(failure.message, 'what went wrong')
    assert.notEqual(failure.remedy, undefined, name)
  }
})

test('a bug comes back as it is', () => {
  const bug = new TypeError('x is undefined')
  assert.equal(startFailure(bug), bug)
})

test('a taken port is told with the address', () => {
  const taken = Object.assign(new Error('listen EADDRINUSE'), { syscall: 'listen', code: 'EADDRINUSE' })
  const failure = startFailure(taken, { host: '127.0.0.1', port: 4263 })
  assert.ok(failure instanceof Failure)
  assert.match(failure.message, /^cannot listen on 127\.0\.0\.1:4263: the port is taken$/)
})
