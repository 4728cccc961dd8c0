/** Ranges of IP addresses, as `--trusted-proxy` gives them. */
import { BlockList, isIP } from 'node:net'
import { ConfigurationFault } from '../config/configuration-fault.ts'
import { plainAddress } from './plain-address.ts'

const MAPPED_BITS = 96

export class ProxyRanges {
  // Two lists: in one, node takes an IPv4 address for a member of `::/0`, which nobody means who writes it.
  readonly #ipv4 = new BlockList()
  readonly #ipv6 = new BlockList()

  /** Each `10.0.0.0/8`, `2001:db8::/32` or one address; throws ConfigurationFault for anything else. */
  constructor(ranges: readonly string[]) {
    for (const range of ranges) this.#add(range)
  }

  /** Whether an address, as `plainAddress` spells it, is in one of them. */
  has(address: string): boolean {
    const family = isIP(address)
    if (family === 0) return false
    return family === 4 ? this.#ipv4.check(address, 'ipv4') : this.#ipv6.check(address, 'ipv6')
  }

  #add(range: string): void {
    const [, text = '', prefix] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(range) ?? []
    const isMapped = isIP(text) === 6 && isIP(plainAddress(text)) === 4
    const bits = isIP(text) === 6 ? 128 : 32
    const length = (prefix === undefined ? bits : Number(prefix)) - (isMapped ? MAPPED_BITS : 0)
    const address = plainAddress(text)
    if (address === '' || length < 0 || length > (isIP(address) === 6 ? 128 : 32)) {
      throw new ConfigurationFault(`\`${range}\` is not an IP address range, such as 10.0.0.0/8`)
    }
    if (isIP(address) === 4) this.#ipv4.addSubnet(address, length, 'ipv4')
    else this.#ipv6.addSubnet(address, length, 'ipv6')
  }
}
