/**
 * @cloud-copilot/iam-simulate, through the quickest of its doors, which validates neither policies nor context. It is under the
 * AGPL, and nothing of iamd imports it: this program runs on its own, reads questions and prints figures.
 */
import { runEngineProgram } from '../../bench/decisions/engine-program.ts'
import { contextOf } from '../../bench/decisions/workloads/context-of.ts'
import type { PolicyText } from '../../bench/decisions/workloads/workload.ts'

/** What is used of the package, which is there only where the peers are installed. */
interface IamSimulate {
  runUnsafeSimulation(simulation: Readonly<Record<string, unknown>>, options: object): string
}

const PACKAGE: string = '@cloud-copilot/iam-simulate'
const simulator: IamSimulate = await import(PACKAGE)

await runEngineProgram<readonly PolicyText[]>({
  translate: (policies) => policies,
  compile(policies) {
    const identityPolicies = policies.map((policy, index) => ({ name: `policy-${index}`, policy }))
    return (question) => {
      const { action, resource, facts } = question
      const result = simulator.runUnsafeSimulation(
        {
          request: {
            principal: facts.userArn,
            action,
            resource: { resource, accountId: facts.accountId },
            contextVariables: contextOf(question),
          },
          identityPolicies,
          serviceControlPolicies: [],
          resourceControlPolicies: [],
        },
        {},
      )
      return result === 'Allowed'
    }
  },
})
