import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createWorkPool, type WorkPool } from './work-pool.ts'

/** A task that ends when the test says so. */
function heldTask(started: string[], name: string): { task: () => Promise<string>; end: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>()
  const task = (): Promise<string> => {
    started.push(name)
    return promise
  }
  return { task, end: () => resolve(name) }
}

suite('a work pool', () => {
  test('N-06: runs so many tasks at once, keeps so many waiting in order, and refuses the next', async () => {
    const pool: WorkPool = createWorkPool({ runningMax: 2, waitingMax: 2 })
    const started: string[] = []
    const held = ['a', 'b', 'c', 'd', 'e'].map((name) => heldTask(started, name))
    const results = held.map(({ task }) => pool.run(task))
    assert.deepEqual(started, ['a', 'b'])
    assert.equal(results[4], undefined)
    held[1]?.end()
    assert.equal(await results[1], 'b')
    assert.deepEqual(started, ['a', 'b', 'c'])
    for (const { end } of held) end()
    const ended = await Promise.all(results.slice(0, 4).map(async (result) => result))
    assert.deepEqual(ended, ['a', 'b', 'c', 'd'])
    assert.deepEqual(started, ['a', 'b', 'c', 'd'])
  })

  test('a task that fails gives its place to the next', async () => {
    const pool = createWorkPool({ runningMax: 1, waitingMax: 1 })
    const failing = pool.run(() => Promise.reject(new Error('no')))
    const next = pool.run(async () => 'ran')
    await assert.rejects(failing ?? Promise.resolve(), /^Error: no$/)
    assert.equal(await next, 'ran')
  })

  test('a pool that was full takes tasks again when it has room', async () => {
    const pool = createWorkPool({ runningMax: 1, waitingMax: 0 })
    const first = heldTask([], 'first')
    const running = pool.run(first.task)
    assert.equal(
      pool.run(async () => 'refused'),
      undefined,
    )
    first.end()
    await running
    assert.equal(await pool.run(async () => 'taken'), 'taken')
  })
})
