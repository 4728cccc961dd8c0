import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from './connection-limits.ts'

test('N-05: a source is an IPv4 address, also where it is shown as a mapped one, or the first 64 bits of an IPv6 address', () => {
  for (const [address, source] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['2001:db8:1:2:3::', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ] as const) {
    assert.equal(sourceOf(address), source, address)
  }
})
