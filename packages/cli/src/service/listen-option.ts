import { isIP } from 'node:net'

import { Option } from 'commander'

import { wrongUsage } from '../failure.ts'

/** Where a server listens. */
export type ListenAddress = { readonly host: string; readonly port: number }

/** `--listen`, with the address of the local iamd as its default. */
export function listenOption(): Option {
  return new Option('--listen <host:port>', 'address to serve; port 0 takes a free one').default('127.0.0.1:4263')
}

/** Reads `127.0.0.1:4263`, `[::1]:4263` or `localhost:4263`; throws a `Failure` for anything else. */
export function parseListen(text: string): ListenAddress {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  const isKnown = host !== undefined && port <= 65_535 && (bracketed === undefined || isIP(bracketed) === 6)
  if (!isKnown) throw wrongUsage(`\`--listen ${text}\` is not an address`, 'an example is 127.0.0.1:4263')
  return { host, port }
}

/** Whether nobody outside of this machine can reach the address. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
