/** What a server is started with. The command line makes one; so do tests and programs that embed iamd. */
import type { MasterKeySource } from '../vault/master-key.ts'

export interface ListenAddress {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
}

/** `iamd start`: durable, on a data directory. */
export interface ProductionConfiguration {
  readonly listen: ListenAddress
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  readonly dataDirectory: string
  readonly masterKey: MasterKeySource
  readonly rootEmail: string | undefined
  /** CIDR ranges whose word on where a request came from is taken. */
  readonly trustedProxies: readonly string[]
  /** The host name that clients sign, where a trusted proxy puts another in its place. */
  readonly publicHost: string | undefined
}

/** `iamd dev`: in memory, with what tests want and production must not have. */
export interface EmulatorConfiguration {
  readonly listen: ListenAddress
  /** Names besides `localhost` and IP addresses by which test suites may call the conveniences. */
  readonly hostNames: readonly string[]
  readonly accountId: string | undefined
  readonly rootKey: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  /** Denials are logged and said in a header, and the call goes on. */
  readonly isSoft: boolean
}
