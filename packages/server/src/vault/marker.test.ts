import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { createMemoryVault } from './create-vault.ts'
import type { MarkerContext } from './vault.ts'

const CONTEXT: MarkerContext = { accountId: '123456789012', operation: 'ListUsers', filter: '/' }

const text = fc.string({ unit: 'binary', maxLength: 40 })
const contexts: fc.Arbitrary<MarkerContext> = fc.record({ accountId: text, operation: text, filter: text })

suite('a pagination marker', () => {
  const vault = createMemoryVault()

  test('opens to its position for its own listing', () => {
    fc.assert(
      fc.property(contexts, fc.string({ unit: 'grapheme' }), (context, position) => {
        assert.equal(vault.openMarker(context, vault.sealMarker(context, position)), position)
      }),
    )
  })

  test('B-09: is nothing to any other account, operation or filter', () => {
    fc.assert(
      fc.property(contexts, contexts, (context, other) => {
        fc.pre(JSON.stringify(context) !== JSON.stringify(other))
        assert.equal(vault.openMarker(other, vault.sealMarker(context, 'alice')), undefined)
      }),
    )
    const marker = vault.sealMarker(CONTEXT, 'alice')
    assert.equal(vault.openMarker({ ...CONTEXT, accountId: '210987654321' }, marker), undefined)
    assert.equal(vault.openMarker({ ...CONTEXT, operation: 'ListRoles' }, marker), undefined)
    assert.equal(vault.openMarker({ ...CONTEXT, filter: '/team/' }, marker), undefined)
  })

  test('B-09: is nothing with any bit flipped', () => {
    const bytes = Buffer.from(vault.sealMarker(CONTEXT, 'alice'), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      assert.equal(vault.openMarker(CONTEXT, changed.toString('base64url')), undefined)
    }
  })

  test('B-09: is nothing when it was forged, cut or written otherwise', () => {
    const marker = vault.sealMarker(CONTEXT, 'alice')
    const forged = [
      '',
      'alice',
      "' OR 1=1 --",
      '__proto__',
      'A'.repeat(320),
      '\u00ff',
      `${marker}=`,
      `${marker}A`,
      ` ${marker}`,
    ]
    const cut = Array.from(marker, (_, length) => marker.slice(0, length))
    const standard = Buffer.from(marker, 'base64url').toString('base64')
    for (const text of [...forged, ...cut]) assert.equal(vault.openMarker(CONTEXT, text), undefined, text)
    if (standard !== marker) assert.equal(vault.openMarker(CONTEXT, standard), undefined)
  })

  test('B-09: never opens for random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        assert.equal(vault.openMarker(CONTEXT, Buffer.from(bytes).toString('base64url')), undefined)
      }),
      { numRuns: 1000 },
    )
  })

  test('M-10: a sealed secret is no marker and a marker no sealed secret', () => {
    const place = { accountId: CONTEXT.accountId, table: CONTEXT.operation, key: CONTEXT.filter, field: '' }
    assert.equal(vault.openMarker(CONTEXT, vault.seal(place, 'alice').slice(3)), undefined)
    assert.throws(() => vault.open(place, `v1.${vault.sealMarker(CONTEXT, 'alice')}`), { name: 'VaultFault' })
  })

  test('is nothing to another installation', () => {
    assert.equal(vault.openMarker(CONTEXT, createMemoryVault().sealMarker(CONTEXT, 'alice')), undefined)
  })

  test('still opens after the installation key was rotated', async () => {
    const rotated = createMemoryVault()
    const marker = rotated.sealMarker(CONTEXT, 'alice')
    await rotated.rotate()
    assert.equal(rotated.openMarker(CONTEXT, marker), 'alice')
  })

  test('shows nothing of the position, and fits the 320 characters that AWS allows for the longest name', () => {
    const position = 'p'.repeat(128)
    const marker = vault.sealMarker(CONTEXT, position)
    assert.ok(marker.length <= 320)
    assert.match(marker, /^[A-Za-z0-9_-]+$/)
    assert.ok(!Buffer.from(marker, 'base64url').includes('pppp'))
  })
})
