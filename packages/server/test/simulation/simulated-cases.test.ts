/** The decision cases of the policy language that a simulation can express, asked of SimulateCustomPolicy. */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { readDecisionCases } from './decision-cases.ts'
import { simulationOf } from './simulated-case.ts'
import { simulate } from './simulations.ts'
import { World } from '../world.ts'

const themes = [...readDecisionCases()].map(([theme, cases]) => {
  const inputs = cases.flatMap((one) => {
    const input = simulationOf(one)
    return input === undefined ? [] : [{ one, input }]
  })
  return { theme, inputs }
})

test('most cases can be simulated', () => {
  const count = themes.reduce((total, { inputs }) => total + inputs.length, 0)
  assert.ok(count >= 300, `only ${count} cases`)
})

const DECISIONS = { allow: 'allowed', explicitDeny: 'explicitDeny', implicitDeny: 'implicitDeny' } as const

for (const { theme, inputs } of themes) {
  if (inputs.length === 0) continue
  describe(`${theme}, simulated`, () => {
    let world: World
    before(async () => {
      world = await World.create()
    })
    for (const { one, input } of inputs) {
      test(one.name, async () => {
        const { expected } = one
        const result = await simulate(world, input)
        assert.equal(result.EvalDecision, DECISIONS[expected.effect])
        const { source } = expected
        if (source === 'boundary')
          assert.equal(result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary, false)
        if (source === 'serviceControl') assert.equal(result.OrganizationsDecisionDetail?.AllowedByOrganizations, false)
        if (expected.effect === 'allow' && expected.statement !== undefined)
          assert.notDeepEqual(result.MatchedStatements, [])
      })
    }
  })
}
