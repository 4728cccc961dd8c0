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
  ['for=_hidden', [{ client: undefined, proto: undefined }]],
  ['for=unknown;proto=http', [{ client: undefined, proto: 'http' }]],
  ['for=1.2.3', [{ client: undefined, proto: undefined }]],
  ['for=192.0.2.1;for=192.0.2.2', [{ client: undefined, proto: undefined }]],
  ['nonsense', [{ client: undefined, proto: undefined }]],
] as const

for (const [value, hops] of cases) {
  test(`Forwarded: ${value}`, () => {
    assert.deepEqual(readForwarded(['Host', 'a', 'FORWARDED', value]), hops)
  })
}

test('elements of several headers count as one list', () => {
  const hops = readForwarded(['Forwarded', 'for=192.0.2.1', 'Host', 'x', 'forwarded', 'for=192.0.2.2'])
  assert.deepEqual(
    hops.map(({ client }) => client),
    ['192.0.2.1', '192.0.2.2'],
  )
})

test('any text is read without an error, and to 32 hops at most', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (value) => {
      assert.ok(readForwarded(['Forwarded', value]).length <= 32)
    }),
  )
})
