/**
 * `iamd dev`: the same server in memory, with what tests want and production must not have.
 *
 * A reset makes a whole new world and then swaps it in. A call belongs to the world that was there when it had arrived whole:
 * it is carried out and answered in that one.
 */
import type { EmulatorConfiguration } from '../config/server-configuration.ts'
import { awsApi } from '../endpoints/aws-api.ts'
import { type DevAccount, type EmulatorControls, emulatorPaths } from '../endpoints/emulator-paths.ts'
import { health } from '../endpoints/health.ts'
import { startHttpServer } from '../endpoints/http-server.ts'
import { directOrigin } from '../endpoints/origin.ts'
import { newRootKey } from '../install/root-credential.ts'
import type { Log } from '../telemetry/log.ts'
import { EmulatedWorld, type WorldParts } from './emulated-world.ts'

export interface RunningEmulator {
  /** `http://127.0.0.1:4263`. */
  readonly url: string
  /** The first account, with the root key that every reset keeps. */
  readonly account: DevAccount
  /** Accepts nothing more and lets what is running finish. */
  close(): Promise<void>
}

/** Sent with every answer while denials are only told. */
const SOFT_MODE_HEADERS = [['x-iamd-soft-mode', 'on']] as const
const DEFAULT_ACCOUNT_ID = '123456789012'

/** Starts the emulator. Rejects with the system's error when the address cannot be listened on. */
export async function startEmulator(configuration: EmulatorConfiguration, log: Log): Promise<RunningEmulator> {
  const { listen, isSoft, hostNames } = configuration
  const worlds = new Worlds(firstAccountOf(configuration), { mode: isSoft ? 'soft' : 'enforce', log })
  const account = await worlds.reset()
  const rule = { hostNames: [listen.host, ...hostNames].map((name) => name.toLowerCase()) }
  const http = await startHttpServer({
    listen,
    tls: undefined,
    headers: isSoft ? SOFT_MODE_HEADERS : [],
    paths: new Map([
      [
        '/',
        awsApi({
          answer: (received) => worlds.current.pipeline.answer(received),
          originOf: directOrigin,
          onBug: onBug(log),
        }),
      ],
      ['/health', health],
      ...emulatorPaths(worlds, rule),
    ]),
  })
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host
  return { url: `http://${host}:${http.port}`, account, close: () => http.close() }
}

function firstAccountOf({ accountId = DEFAULT_ACCOUNT_ID, rootKey }: EmulatorConfiguration): DevAccount {
  return { accountId, ...(rootKey ?? newRootKey(accountId)) }
}

function onBug(log: Log): (error: unknown, requestId: string) => void {
  return (error, requestId) => log.error({ requestId, cause: String(error) }, 'an answer could not be sent')
}

class Worlds implements EmulatorControls {
  readonly #firstAccount: DevAccount
  readonly #parts: WorldParts
  #current: EmulatedWorld | undefined

  constructor(firstAccount: DevAccount, parts: WorldParts) {
    this.#firstAccount = firstAccount
    this.#parts = parts
  }

  get current(): EmulatedWorld {
    if (this.#current === undefined) throw new Error('the emulator is used before its first reset')
    return this.#current
  }

  async reset(): Promise<DevAccount> {
    const next = await EmulatedWorld.create(this.#parts)
    const { accountId, accessKeyId, secretAccessKey } = this.#firstAccount
    const account = await next.install({ accountId, rootKey: { accessKeyId, secretAccessKey } })
    // The world before is not closed: its writers that are in flight still get their answers, then nobody holds it.
    this.#current = next
    return account
  }

  createAccount(): Promise<DevAccount> {
    return this.current.install({})
  }

  changeClock(change: Parameters<EmulatorControls['changeClock']>[0]): ReturnType<EmulatorControls['changeClock']> {
    return this.current.clock.change(change)
  }
}
