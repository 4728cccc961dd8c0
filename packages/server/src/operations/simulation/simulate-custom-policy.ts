import { readOperation } from '../operation.ts'
import { simulatePolicy } from './simulate-policy.ts'

/** What the policies of the request would decide. It says nothing of what is stored, and needs no resource (Service Authorization Reference). */
export const SimulateCustomPolicy = readOperation('SimulateCustomPolicy', {
  authorize: () => ({ resource: '*' }),
  handle: ({ input }, scene) => simulatePolicy(scene, { operation: 'SimulateCustomPolicy', input }),
})
