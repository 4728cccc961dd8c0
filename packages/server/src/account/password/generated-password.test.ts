import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { newPassword, type PasswordRules } from './generated-password.ts'

const rules: fc.Arbitrary<PasswordRules> = fc.record({
  minimumLength: fc.integer({ min: 6, max: 128 }),
  requireSymbols: fc.boolean(),
  requireNumbers: fc.boolean(),
  requireUppercase: fc.boolean(),
  requireLowercase: fc.boolean(),
})

test('a generated password satisfies every password policy', () => {
  fc.assert(
    fc.property(rules, (policy) => {
      const password = newPassword(policy, randomBytes)
      assert.ok(password.length >= policy.minimumLength && password.length <= 128)
      if (policy.requireSymbols) assert.match(password, /[!@#$%^&*()_+\-=[\]{}|']/)
      if (policy.requireNumbers) assert.match(password, /[0-9]/)
      if (policy.requireUppercase) assert.match(password, /[A-Z]/)
      if (policy.requireLowercase) assert.match(password, /[a-z]/)
    }),
  )
})

test('a generated password satisfies the default policy: 8 characters and three of four classes', () => {
  fc.assert(
    fc.property(rules, (policy) => {
      const password = newPassword(policy, randomBytes)
      const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(password))
      assert.ok(classes.length >= 3 && password.length >= 8)
    }),
  )
})

test('a generated password starts with a letter and has nothing that a shell, a CSV file or a URL would change', () => {
  fc.assert(
    fc.property(rules, (policy) => {
      assert.match(newPassword(policy, randomBytes), /^[A-Za-z][A-Za-z0-9@^_+\-=]*$/)
    }),
  )
})

test('a generated password is drawn again until it has every class', () => {
  // The first 20 letters are all the same; the bytes after them run through the whole alphabet.
  let drawn = 0
  const stubborn = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => {
      drawn += 1
      return drawn <= 20 ? 0 : (drawn * 7) % 200
    })
  const password = newPassword(
    {
      minimumLength: 8,
      requireSymbols: false,
      requireNumbers: false,
      requireUppercase: false,
      requireLowercase: false,
    },
    stubborn,
  )
  assert.notEqual(password, 'A'.repeat(20))
  assert.ok(drawn > 20)
})
