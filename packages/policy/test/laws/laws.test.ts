/** The laws of the policy language as properties: each in small here, and in large by `law-campaign.ts`. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { LAWS } from './all-laws.ts'
import { lawWorld } from './law-world.ts'

const SEED = 20_261_122
const RUNS = 1_000
/** A law that hardly ever speaks is no test: of the runs at least this many must have something to say. */
const SPOKEN_MIN = 30

const world = lawWorld(SEED)

describe('laws', () => {
  for (const [stream, law] of LAWS.entries()) {
    it(`law: ${law.name}`, () => {
      let spoken = 0
      const property = fc.property(fc.noBias(fc.noShrink(fc.nat())), (number) => {
        const outcome = law.check(world.question(number), world.draw(number, stream))
        if (outcome === 'holds') spoken += 1
        assert.ok(typeof outcome === 'string', JSON.stringify(outcome))
      })
      fc.assert(property, { numRuns: RUNS, seed: SEED })
      assert.ok(spoken >= SPOKEN_MIN, `${spoken} of ${RUNS} cases spoke`)
    })
  }

  it('have a name of their own', () => {
    const names = LAWS.map(({ name }) => name)
    assert.deepEqual([...new Set(names)], names)
  })
})
