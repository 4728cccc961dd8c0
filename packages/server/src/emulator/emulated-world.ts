/** Everything that a reset of the emulator takes away: journal, images, keys of the vault, last uses, clock. All of it in memory. */
import { randomUUID } from 'node:crypto'
import { createMemoryActivity } from '../activity/memory.ts'
import { PrincipalPolicySource } from '../authority/principal-policies.ts'
import type { DevAccount } from '../endpoints/emulator-paths.ts'
import { type AccountWish, installAccount } from '../install/first-account.ts'
import { createMemoryJournal } from '../journal/memory.ts'
import { Ledger } from '../ledger/ledger.ts'
import { Pipeline } from '../pipeline.ts'
import type { Log } from '../telemetry/log.ts'
import { createMemoryVault } from '../vault/create-vault.ts'
import type { Vault } from '../vault/vault.ts'
import { SettableClock } from './settable-clock.ts'

export interface WorldParts {
  readonly mode: 'enforce' | 'soft'
  readonly log: Log
}

export class EmulatedWorld {
  readonly pipeline: Pipeline
  readonly clock: SettableClock
  readonly #ledger: Ledger
  readonly #vault: Vault

  private constructor(ledger: Ledger, clock: SettableClock, { mode, log }: WorldParts) {
    this.#ledger = ledger
    this.clock = clock
    this.#vault = createMemoryVault()
    this.pipeline = new Pipeline({
      ledger,
      mode,
      now: () => clock.now(),
      vault: this.#vault,
      // The clients' clocks are the machine's: a test that sets the time means what is decided and stored, not who may call.
      signatureTime: () => new Date(),
      activity: createMemoryActivity(),
      policies: new PrincipalPolicySource(),
      onDenied({ requestId, principalArn, action, resource }) {
        if (mode === 'soft') log.warn({ requestId, principalArn, action, resource }, 'would be denied')
      },
      onUnreadable: (error) => log.error({ cause: String(error) }, 'a decision could not be made'),
      onBug: (error, requestId) =>
        log.error(
          { requestId, stack: error instanceof Error ? error.stack : String(error) },
          'a call met a bug in iamd',
        ),
    })
  }

  /** A world without any account. */
  static async create(parts: WorldParts): Promise<EmulatedWorld> {
    const { log } = parts
    const clock = new SettableClock()
    const ledger = await Ledger.open({
      journal: createMemoryJournal(),
      now: () => clock.now(),
      newId: randomUUID,
      alarm: (message, detail) => log.error(detail, message),
    })
    return new EmulatedWorld(ledger, clock, parts)
  }

  /** Makes an account with a root key and without a password: hashing one takes longer than all the rest. */
  async install(wish: Omit<AccountWish, 'withPassword'>): Promise<DevAccount> {
    const installer = { ledger: this.#ledger, vault: this.#vault, newId: randomUUID }
    const { accountId, accessKeyId, secretAccessKey } = await installAccount(
      { ...wish, withPassword: false },
      installer,
    )
    return { accountId, accessKeyId, secretAccessKey }
  }
}
