import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PasswordGuesses, TooManyGuesses } from './password-guesses.ts'

const START = Date.parse('2026-11-22T12:00:00Z')

function world(): {
  readonly guesses: PasswordGuesses
  readonly clock: { seconds: number }
  readonly looked: string[]
} {
  const clock = { seconds: 0 }
  const looked: string[] = []
  const guesses = new PasswordGuesses({
    now: () => new Date(START + clock.seconds * 1000),
    async verify(password, hash) {
      looked.push(password)
      if (password === 'full') throw new Error('the pool is full')
      return hash === `hash of ${password}`
    },
  })
  return { guesses, clock, looked }
}

test('five wrong passwords in a row are looked at, then each has to wait, twice as long as the one before', async () => {
  const { guesses, clock, looked } = world()
  for (let at = 0; at < 5; at += 1) assert.equal(await guesses.guess('wrong', 'hash of right'), false)
  for (const pauseSeconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    const looks = looked.length
    await assert.rejects(guesses.guess('right', 'hash of right'), TooManyGuesses)
    clock.seconds += pauseSeconds - 0.001
    await assert.rejects(guesses.guess('right', 'hash of right'), TooManyGuesses)
    assert.equal(looked.length, looks)
    clock.seconds += 0.001
    assert.equal(await guesses.guess('wrong', 'hash of right'), false)
  }
})

test('the right password, in its time, forgets the wrong ones; another hash never had any', async () => {
  const { guesses, clock } = world()
  for (let at = 0; at < 5; at += 1) await guesses.guess('wrong', 'hash of right')
  assert.equal(await guesses.guess('other', 'hash of other'), true)
  clock.seconds = 1
  assert.equal(await guesses.guess('right', 'hash of right'), true)
  for (let at = 0; at < 5; at += 1) assert.equal(await guesses.guess('wrong', 'hash of right'), false)
})

test('many guesses at once are no way around the wait', async () => {
  const { guesses, looked } = world()
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => guesses.guess('wrong', 'hash of right')))
  assert.equal(looked.length, 5)
  assert.equal(results.filter(({ status }) => status === 'rejected').length, 45)
})

test('a guess that was not looked at does not count', async () => {
  const { guesses } = world()
  for (let at = 0; at < 20; at += 1) await assert.rejects(guesses.guess('full', 'hash of right'), /the pool is full/)
  assert.equal(await guesses.guess('right', 'hash of right'), true)
})

test('of ten thousand and one hashes the one that was guessed at longest ago is forgotten', async () => {
  const { guesses } = world()
  for (let at = 0; at < 5; at += 1) await guesses.guess('wrong', 'hash of first')
  for (let at = 0; at < 9_999; at += 1) await guesses.guess('wrong', `hash of ${at}`)
  await assert.rejects(guesses.guess('first', 'hash of first'), TooManyGuesses)
  await guesses.guess('wrong', 'hash of one more')
  assert.equal(await guesses.guess('first', 'hash of first'), true)
})
