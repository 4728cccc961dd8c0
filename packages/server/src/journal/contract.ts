import { suite } from 'node:test'
import { appendContract, refusalContract } from './contract/append-contract.ts'
import { atomicityContract, conflictContract } from './contract/conflict-contract.ts'
import { followContract, followLimitsContract } from './contract/follow-contract.ts'
import { contentContract, loadContract, restartContract } from './contract/load-contract.ts'
import type { OpenStore } from './contract/sample-entries.ts'
import { snapshotContract, snapshotShapeContract } from './contract/snapshot-contract.ts'
import { withStoreOf } from './contract/with-store.ts'

/** What every implementation of the journal has to keep. Each one's own test runs it whole; `open` makes an empty store. */
export function journalContract(name: string, open: OpenStore): void {
  const withStore = withStoreOf(open)
  suite(`journal contract: ${name}`, () => {
    suite('append', () => appendContract(withStore))
    suite('refusal', () => refusalContract(withStore))
    suite('conflict', () => conflictContract(withStore))
    suite('atomicity', () => atomicityContract(withStore))
    suite('follow', () => followContract(withStore))
    suite('limits of follow', () => followLimitsContract(withStore))
    suite('load', () => loadContract(withStore))
    suite('restart', () => restartContract(withStore))
    suite('content', () => contentContract(withStore))
    suite('snapshot', () => snapshotContract(withStore))
    suite('shape of snapshots', () => snapshotShapeContract(withStore))
  })
}
