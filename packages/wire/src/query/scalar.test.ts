import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseScalar } from './scalar.ts'

test('O-08: a time is RFC 3339 with its zone, and no other text that Date would take', () => {
  const shape = { kind: 'timestamp', name: 'timestamp' } as const
  assert.deepEqual(parseScalar(shape, '2026-01-01T00:00:00Z'), new Date(Date.UTC(2026, 0, 1)))
  assert.deepEqual(parseScalar(shape, '2026-01-01T01:00:00.5+01:00'), new Date(Date.UTC(2026, 0, 1, 0, 0, 0, 500)))
  for (const text of [
    '',
    '2026',
    '2026-01-01',
    'Jan 1 2026',
    '2026-13-01T00:00:00Z',
    '2026-01-01T00:00:00',
    '1767225600',
    ' 2026-01-01T00:00:00Z',
  ]) {
    assert.throws(() => parseScalar(shape, text), { code: 'MalformedInput' }, text)
  }
})

test('O-09: base64 is what encoding the bytes gives, without anything that Node would skip', () => {
  const shape = { kind: 'blob', name: 'blob', isSensitive: false } as const
  assert.deepEqual(Buffer.from(Object(parseScalar(shape, 'AAECAw=='))), Buffer.from([0, 1, 2, 3]))
  for (const text of ['AAECAw', 'AAECAw=', 'AAEC Aw==', 'AAECAw==\n', 'AAE-Aw==', 'AAECAx==', '=', 'AA!!ECAw==']) {
    assert.throws(() => parseScalar(shape, text), { code: 'MalformedInput' }, text)
  }
})
