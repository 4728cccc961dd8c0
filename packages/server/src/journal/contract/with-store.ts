import type { ContractStore, OpenStore } from './sample-entries.ts'

/** Runs one test's body on a store of its own, and clears it away whatever happens. */
export type WithStore = (body: (store: ContractStore) => Promise<void>) => Promise<void>

export function withStoreOf(open: OpenStore): WithStore {
  return async (body) => {
    const store = await open()
    try {
      await body(store)
    } finally {
      await store.dispose()
    }
  }
}
