import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { createMemoryVault } from './create-vault.ts'
import { isSealedSecret } from './sealed-secret.ts'
import type { SecretPlace } from './vault.ts'

const PLACE: SecretPlace = { accountId: '123456789012', table: 'accessKeys', key: 'AKIAEXAMPLE', field: 'sealedSecret' }
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

const text = fc.string({ unit: 'binary', maxLength: 60 })
const places: fc.Arbitrary<SecretPlace> = fc.record({ accountId: text, table: text, key: text, field: text })

suite('a sealed secret', () => {
  const vault = createMemoryVault()

  test('opens to what was sealed, for every text and place', () => {
    fc.assert(
      fc.property(places, fc.string({ unit: 'grapheme' }), (place, secret) => {
        assert.equal(vault.open(place, vault.seal(place, secret)), secret)
      }),
    )
  })

  test('never opens in another place', () => {
    fc.assert(
      fc.property(places, places, (place, other) => {
        fc.pre(JSON.stringify(place) !== JSON.stringify(other))
        assert.throws(() => vault.open(other, vault.seal(place, SECRET)), { name: 'VaultFault' })
      }),
    )
    for (const member of ['accountId', 'table', 'key', 'field'] as const) {
      const sealed = vault.seal(PLACE, SECRET)
      assert.throws(() => vault.open({ ...PLACE, [member]: `${PLACE[member]}2` }, sealed), { name: 'VaultFault' })
    }
  })

  test('parts of a place cannot be shifted into one another', () => {
    const sealed = vault.seal({ ...PLACE, table: 'ab', key: 'c' }, SECRET)
    assert.throws(() => vault.open({ ...PLACE, table: 'a', key: 'bc' }, sealed), { name: 'VaultFault' })
    const quoted = vault.seal({ ...PLACE, table: 'a","b', key: 'c' }, SECRET)
    assert.throws(() => vault.open({ ...PLACE, table: 'a', key: 'b","c' }, quoted), { name: 'VaultFault' })
  })

  test('C-08: never opens with any bit flipped (all bits of 10 values: 10,640)', () => {
    let flipped = 0
    for (let round = 0; round < 10; round += 1) {
      const bytes = Buffer.from(vault.seal(PLACE, SECRET).slice(3), 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const changed = Buffer.from(bytes)
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        assert.throws(() => vault.open(PLACE, `v1.${changed.toString('base64url')}`), { name: 'VaultFault' })
        flipped += 1
      }
    }
    assert.ok(flipped >= 10_000, `${flipped}`)
  })

  test('C-08: never opens when it is cut, lengthened, written otherwise, or of another version', () => {
    const sealed = vault.seal(PLACE, SECRET)
    const variants = [
      ...Array.from(sealed, (_, length) => sealed.slice(0, length)),
      `${sealed}A`,
      `${sealed}=`,
      `${sealed} `,
      ` ${sealed}`,
      sealed.replace('v1.', 'v2.'),
      sealed.slice(3),
      `v1.${Buffer.from(sealed.slice(3), 'base64url').toString('hex')}`,
    ]
    for (const variant of variants) assert.throws(() => vault.open(PLACE, variant), { name: 'VaultFault' }, variant)
  })

  test('C-08: never opens when it is put together from two others', () => {
    const [one, other] = [SECRET, SECRET].map((secret) => Buffer.from(vault.seal(PLACE, secret).slice(3), 'base64url'))
    assert.ok(one !== undefined && other !== undefined)
    for (let cut = 5; cut < one.length; cut += 1) {
      const mixed = Buffer.concat([one.subarray(0, cut), other.subarray(cut)])
      if (mixed.equals(one) || mixed.equals(other)) continue
      assert.throws(() => vault.open(PLACE, `v1.${mixed.toString('base64url')}`), { name: 'VaultFault' })
    }
  })

  test('C-08: never opens in another installation', () => {
    const sealed = createMemoryVault().seal(PLACE, SECRET)
    assert.throws(() => vault.open(PLACE, sealed), /installation key that is not here/)
  })

  test('is different each time and shows nothing of the secret', () => {
    const sealed = Array.from({ length: 100 }, () => vault.seal(PLACE, SECRET))
    assert.equal(new Set(sealed).size, sealed.length)
    for (const one of sealed) assert.ok(!Buffer.from(one.slice(3), 'base64url').includes(SECRET))
  })

  test('is safe inside JSON', () => {
    const sealed = vault.seal(PLACE, SECRET)
    assert.equal(JSON.stringify(sealed), `"${sealed}"`)
    assert.ok(isSealedSecret(sealed))
    assert.equal(isSealedSecret(SECRET), false)
  })

  test('cannot be made of text that UTF-8 cannot hold', () => {
    assert.throws(() => vault.seal(PLACE, 'a\ud800b'), { name: 'VaultFault', message: /not well-formed/ })
  })

  test('still opens after the installation key was rotated, and new ones are sealed with the new key', async () => {
    const rotated = createMemoryVault()
    const before = rotated.seal(PLACE, SECRET)
    await rotated.rotate()
    const after = rotated.seal(PLACE, SECRET)
    assert.equal(rotated.open(PLACE, before), SECRET)
    assert.equal(rotated.open(PLACE, after), SECRET)
    assert.notEqual(before.slice(3, 8), after.slice(3, 8))
  })

  test('the fault names the place and no secret', () => {
    const fault = faultOf(() => vault.open(PLACE, vault.seal({ ...PLACE, key: 'OTHER' }, SECRET)))
    assert.match(fault, /`sealedSecret` of `accessKeys\/AKIAEXAMPLE` in account 123456789012/)
    assert.ok(!fault.includes(SECRET))
  })
})

function faultOf(open: () => string): string {
  try {
    return open()
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}
