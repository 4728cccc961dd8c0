import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { differentialCampaign } from './differential/campaign.ts'

const OPERATORS = 27

describe('engine and reference', () => {
  const { asked, disagreements, examples, tally } = differentialCampaign(20_261_122, { from: 0, questions: 20_000 })
  const named = (heading: string): string[] => Object.keys(tally[heading] ?? {})

  it('agree about every random question: effect, source and statement', () => {
    assert.equal(disagreements, 0, JSON.stringify(examples[0], undefined, 2))
    assert.equal(asked, 20_000)
  })

  it('are asked with every operator, qualifier and kind of caller, and every pair of kinds of policies', () => {
    assert.equal(named('operator').length, OPERATORS, named('operator').join(' '))
    assert.equal(named('qualifier').length, 6)
    assert.equal(named('caller').length, 4 * 2 + 3)
    assert.equal(named('pair of kinds').length, (8 * 7) / 2)
    assert.equal(named('effect').length, 3)
  })
})
