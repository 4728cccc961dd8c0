import assert from 'node:assert/strict'
import { it } from 'node:test'
import { smallWorldCampaign } from './differential/small-world-campaign.ts'

it('engine and reference agree about every hundredth set of policies of the small world, which has all of them', () => {
  const { worlds, asked, disagreements, examples, tally } = smallWorldCampaign(101)
  assert.equal(disagreements, 0, JSON.stringify(examples[0], undefined, 2))
  assert.ok(worlds * 8 >= 1_000_000, `${worlds} sets`)
  assert.ok(asked >= 10_000, `${asked} questions`)
  // Nobody is root here, and no policy is one of trust: seven kinds deny either way, two allow.
  assert.equal(Object.keys(tally['effect and source'] ?? {}).length, 7 + 7 + 2)
})
