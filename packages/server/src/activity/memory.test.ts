import { activityContract } from './contract.ts'
import { createMemoryActivity } from './memory.ts'

activityContract('memory', async () => {
  const activity = createMemoryActivity()
  return { connect: async () => activity, dispose: () => activity.close() }
})
