import assert from 'node:assert/strict'
import { BlockList, isIP } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isInRange, parseIpAddress, parseIpRange, parseRequestAddress } from './ip-range.ts'

const ipv4 = fc.ipV4()
const ipv6 = fc.ipV6()

describe('IP ranges', () => {
  it('law: F-19: every address that Node takes is an address, and what it refuses is none', () => {
    const near = fc.array(fc.constantFrom('1', '01', '255', '256', 'f', 'fffff', ':', '::', '.', '/', '%', ' '), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(
        fc.oneof(
          ipv4,
          ipv6,
          near.map((list) => list.join('')),
        ),
        (text) => {
          // Node takes a zone behind an IPv6 address; here it names an interface of a machine that is not this one.
          const family = text.includes('%') ? 0 : isIP(text)
          assert.equal(parseIpAddress(text)?.family ?? 0, family, text)
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('law: an address is in a range exactly when Node finds it in the subnet (IPv4)', () => {
    fc.assert(
      fc.property(ipv4, ipv4, fc.nat(32), (address, network, length) => {
        const list = new BlockList()
        list.addSubnet(network, length, 'ipv4')
        assert.equal(isIn(address, `${network}/${length}`), list.check(address, 'ipv4'))
      }),
      { numRuns: 1_000 },
    )
  })

  it('law: an address is in a range exactly when its bits agree (IPv6), and host bits make a range malformed', () => {
    const bytes = fc.array(fc.nat(255), { minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(bytes, bytes, fc.nat(128), (one, other, length) => {
        const network = bitsOf(one).slice(0, length).padEnd(128, '0')
        const expected = bitsOf(other).startsWith(network.slice(0, length))
        assert.equal(isIn(ipv6Of(other), `${ipv6Of(bytesOf(network))}/${length}`), expected)
        const isExact = network === bitsOf(one)
        assert.equal(parseIpRange(`${ipv6Of(one)}/${length}`) !== undefined, isExact)
      }),
      { numRuns: 1_000 },
    )
  })

  it('F-19: an address in any spelling of a mapped one counts as IPv4 in a request, and as IPv6 in a policy', () => {
    for (const text of ['::ffff:192.0.2.1', '::FFFF:c000:0201', '0:0:0:0:0:ffff:192.0.2.1', '0000::ffff:c000:201']) {
      assert.deepEqual(parseRequestAddress(text), { family: 4, bytes: [192, 0, 2, 1] })
      assert.equal(parseIpRange(text)?.family, 6)
    }
    for (const text of ['::192.0.2.1', '::fffe:192.0.2.1', '1::ffff:192.0.2.1', '64:ff9b::192.0.2.1']) {
      assert.equal(parseRequestAddress(text)?.family, 6, text)
    }
  })

  it('takes a length without sign, space or leading zero', () => {
    for (const length of ['', '-1', '+8', '08', ' 8', '8 ', '33', '1e1', '0x8', '8/8', '999999999999']) {
      assert.equal(parseIpRange(`10.0.0.0/${length}`), undefined, length)
    }
    assert.deepEqual(parseIpRange('10.0.0.0/0'), { family: 4, bytes: [10, 0, 0, 0], prefixLength: 0 })
  })
})

function isIn(address: string, range: string): boolean {
  const parsed = parseRequestAddress(address)
  const network = parseIpRange(range)
  return parsed !== undefined && network !== undefined && isInRange(parsed, network)
}

function bitsOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
}

function bytesOf(bits: string): readonly number[] {
  return Array.from({ length: 16 }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2))
}

/** All groups written out; `0064:ff9b:...` with its first half not that of a mapped address. */
function ipv6Of(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  )
  return groups.join(':')
}
