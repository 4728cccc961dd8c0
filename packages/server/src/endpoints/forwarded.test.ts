import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readForwarded } from './forwarded.ts'

const cases = [
  ['for=192.0.2.43', [{ client: '192.0.2.43', proto: undefined }]],
  ['For="[2001:db8:cafe::17]:4711"', [{ client: '2001:db8:cafe::17', proto: undefined }]],
  ['for=192.0.2.60;proto=HTTPS;by=203.0.113.43', [{ client: '192.0.2.60', proto: 'https' }]],
  [
    'for=192.0.2.43, for="198.51.100.17:80"',
    [
      { client: '192.0.2.43', proto: undefined },
      { client: '198.51.100.17', proto: undefined },
    ],
  ],
  ['for="[::ffff:192.0.2.43]"', [{ client: '192.0.2.43', proto: undefined }]],
  ['for="[2001:DB8:0::1]:_p"', [{ client: '2001:db8::1', proto: undefined }]],
  ['for=192.0.2.43;, ,', [{ client: '192.0.2.43', proto: undefined }]],
  ['for=_hidden', [{ client: undefined, proto: undefined }]],
  ['for=unknown;proto=http', [{ client: undefined, proto: 'http' }]],
  ['proto=https', [{ client: undefined, proto: 'https' }]],
  ['for=1.2.3', ['unreadable']],
  ['for=2001:db8::1', ['unreadable']],
  ['for="[fe80::1%eth0]"', ['unreadable']],
  ['for=192.0.2.1;for=192.0.2.2', ['unreadable']],
  ['nonsense', ['unreadable']],
  ['for="192.0.2.9, for=192.0.2.1', ['unreadable']],
  ['for="192.0.2.9, for="[2001:db8::1]"', ['unreadable']],
  ['for="192.0.2.9\\"", for=192.0.2.1', ['unreadable']],
] as const

for (const [value, hops] of cases) {
  test(`Forwarded: ${value}`, () => {
    assert.deepEqual(readForwarded(['Host', 'a', 'FORWARDED', value]), hops)
  })
}

test('elements of several headers count as one list', () => {
  const hops = readForwarded(['Forwarded', 'for=192.0.2.1', 'Host', 'x', 'forwarded', 'for=192.0.2.2'])
  const each = ['192.0.2.1', '192.0.2.2'].map((client) => ({ client, proto: undefined }))
  assert.deepEqual(hops, each)
})

test('any text is read without an error, and to 32 hops at most', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (value) => {
      assert.ok(readForwarded(['Forwarded', value]).length <= 32)
    }),
  )
})

test('F-16: no client can hide what a proxy appends to its header', () => {
  const real = { client: '192.0.2.1', proto: 'https' }
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', '\\', ',', ';', '=', 'for', '1', '.'), maxLength: 12 }),
      (forged) => {
        const last = readForwarded(['Forwarded', `${forged}, for=192.0.2.1;proto=https`]).at(-1)
        if (last !== 'unreadable') assert.deepEqual(last, real)
      },
    ),
  )
})
