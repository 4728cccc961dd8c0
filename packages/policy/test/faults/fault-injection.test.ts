import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readDecisionCases } from '../decision-cases.ts'
import { injectFaults } from './fault-injection.ts'

it('P7, O-05: whatever single call of the evaluation fails, and however, the decision is a deny', () => {
  const cases = [...readDecisionCases().values()].flat()
  const { sites, trials, wrong } = injectFaults({ cases, casesPerSite: 2, occasions: ['every'] })
  assert.deepEqual(wrong, [])
  assert.ok(sites > 200, `only ${sites} calls were reached`)
  assert.ok(trials > 5_000, `only ${trials} faults were made`)
})
