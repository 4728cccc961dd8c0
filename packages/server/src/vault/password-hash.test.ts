import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { suite, test } from 'node:test'
import { assertPasswordHashing, hashPassword, PasswordPoolFull, verifyPassword } from './password-hash.ts'

/** From the tests of the reference implementation (phc-winner-argon2, src/test.c): version 19, 256 KiB, 2 passes. */
const FOREIGN_HASH = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

suite('password hashing', () => {
  test('a hash verifies its own password and no other', async () => {
    const hash = await hashPassword('correct horse battery staple')
    assert.equal(await verifyPassword('correct horse battery staple', hash), true)
    for (const wrong of [
      'correct horse battery stapl',
      'Correct horse battery staple',
      '',
      'correct horse battery staple ',
    ]) {
      assert.equal(await verifyPassword(wrong, hash), false)
    }
  })

  test("a hash is argon2id with OWASP's parameters in the PHC format, with a salt of its own", async () => {
    const [one, other] = await Promise.all([hashPassword('same'), hashPassword('same')])
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    assert.notEqual(one, other)
  })

  test('a hash made elsewhere with other parameters verifies', async () => {
    assert.equal(await verifyPassword('password', FOREIGN_HASH), true)
    assert.equal(await verifyPassword('passwore', FOREIGN_HASH), false)
  })

  test('K-04: without a hash the answer is false after the same derivation', async (t) => {
    const derivations = t.mock.method(crypto, 'argon2')
    const hash = await hashPassword('secret')
    assert.equal(await verifyPassword('secret', hash), true)
    assert.equal(await verifyPassword('secret', undefined), false)
    const costs = derivations.mock.calls.map(({ arguments: [algorithm, parameters] }) => {
      const { memory, passes, parallelism, tagLength } = parameters
      return { algorithm, memory, passes, parallelism, tagLength }
    })
    assert.equal(costs.length, 3)
    assert.deepEqual(costs[2], costs[1])
  })

  test('a damaged hash is a fault, and never a match or a huge allocation', async () => {
    const good = await hashPassword('x')
    const damaged = [
      '',
      'x',
      good.slice(0, -20),
      good.replace('argon2id', 'argon2d'),
      good.replace('v=19', 'v=16'),
      good.replace('m=19456', 'm=9999999'),
      good.replace('m=19456', 'm=0'),
      good.replace('t=2', 't=99'),
      good.replace('p=1', 'p=99'),
      `${good}$`,
      `${good}\n`,
    ]
    for (const hash of damaged) await assert.rejects(verifyPassword('x', hash), { name: 'VaultFault' }, hash)
  })

  test('at most 66 passwords are hashed or wait; the next is refused at once and later ones are taken again', async (t) => {
    const waiting: (() => void)[] = []
    t.mock.method(crypto, 'argon2', (...[, , callback]: Parameters<typeof crypto.argon2>) => {
      waiting.push(() => callback(null, Buffer.alloc(32)))
    })
    const hashes = Array.from({ length: 66 }, () => hashPassword('flood'))
    assert.equal(waiting.length, 2)
    await assert.rejects(hashPassword('one too many'), PasswordPoolFull)
    await assert.rejects(verifyPassword('one too many', undefined), PasswordPoolFull)
    for (let done = 0; done < 66; done += 1) {
      assert.ok(waiting.length - done <= 2)
      waiting[done]?.()
      await hashes[done]
    }
    const next = hashPassword('taken')
    assert.equal(waiting.length, 67)
    waiting[66]?.()
    await next
  })

  test('the start is refused with one clear line where Node has no argon2', async (t) => {
    await assertPasswordHashing()
    const message =
      /^VaultFault: cannot hash passwords: Node\.js \S+ with OpenSSL \S+ has no argon2; use an official build/
    t.mock.method(crypto, 'argon2', () => {
      throw new Error('argon2 is not supported')
    })
    await assert.rejects(assertPasswordHashing(), message)
    t.mock.restoreAll()
    t.mock.property(crypto, 'argon2', undefined)
    await assert.rejects(assertPasswordHashing(), message)
  })
})
