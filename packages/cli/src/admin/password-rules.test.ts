import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { describe, it } from 'node:test'

import fc from 'fast-check'

import { generatePassword } from './generate-password.ts'
import { describeRules, passwordRules, passwordViolations } from './password-rules.ts'

const flag = fc.boolean()
const policy = fc.record({
  lengthMin: fc.integer({ min: 6, max: 128 }),
  requiresUppercase: flag,
  requiresLowercase: flag,
  requiresNumbers: flag,
  requiresSymbols: flag,
})
const defaults = passwordRules(undefined)

describe('a generated password', () => {
  it('keeps every rule that an account can have', () => {
    fc.assert(
      fc.property(fc.option(policy, { nil: undefined }), (each) => {
        const rules = passwordRules(each)
        assert.deepEqual(passwordViolations(generatePassword(rules, randomInt), rules), [])
      }),
      { seed: 42 },
    )
  })

  it('has 20 characters or the minimum, all four kinds, and begins with a letter', () => {
    fc.assert(
      fc.property(policy, (each) => {
        const password = generatePassword(passwordRules(each), randomInt)
        assert.equal(password.length, Math.max(20, each.lengthMin))
        assert.match(password, /^[A-Za-z](?=.*[A-Z])(?=.*[a-z])(?=.*[2-9])(?=.*[^A-Za-z0-9])/)
      }),
      { seed: 42 },
    )
  })

  it('has no characters that are mistaken for others or that a shell takes for its own', () => {
    const passwords = Array.from({ length: 500 }, () => generatePassword(defaults, randomInt)).join('')
    assert.doesNotMatch(passwords, /[0Oo1lI'"`$&|!\\;<>\s]/)
  })

  it('depends on the random numbers alone', () => {
    const numbers = (seed: number) => {
      let state = seed
      return (limit: number): number => (state = (state * 48271) % 2147483647) % limit
    }
    assert.equal(generatePassword(defaults, numbers(7)), generatePassword(defaults, numbers(7)))
    assert.notEqual(generatePassword(defaults, numbers(7)), generatePassword(defaults, numbers(8)))
  })
})

describe('the rules of an account', () => {
  it('without a policy are AWS defaults: 8 characters of three kinds', () => {
    assert.deepEqual(passwordViolations('abcdefG1', defaults), [])
    assert.deepEqual(passwordViolations('abc def-G', defaults), [])
    assert.equal(passwordViolations('abcdefg1', defaults).length, 1)
    assert.equal(passwordViolations('abcdeG1', defaults).length, 1)
    assert.equal(describeRules(defaults), 'at least 8 characters with 3 kinds of characters')
  })

  it('with a policy are what it asks for and no more', () => {
    const rules = passwordRules({
      lengthMin: 6,
      requiresUppercase: false,
      requiresLowercase: false,
      requiresNumbers: true,
      requiresSymbols: true,
    })
    assert.deepEqual(passwordViolations("12345'", rules), [])
    assert.deepEqual(passwordViolations('abcdef', rules), ['a number is needed', 'a symbol is needed'])
    assert.equal(describeRules(rules), 'at least 6 characters with a number, a symbol')
  })

  it('never allow more than 128 characters, nor characters outside of the pattern', () => {
    assert.deepEqual(passwordViolations(`aB1${'x'.repeat(125)}`, defaults), [])
    assert.deepEqual(passwordViolations(`aB1${'x'.repeat(126)}`, defaults), ['at most 128 characters are allowed'])
    assert.deepEqual(passwordViolations('aB1\u0000xxxxx', defaults), ['it has a character that IAM does not allow'])
    assert.deepEqual(passwordViolations('aB1\u0107xxxxx', defaults), ['it has a character that IAM does not allow'])
    assert.deepEqual(passwordViolations('aB1\u00e9xxxxx', defaults), [])
  })
})
