import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '@iamd/wire'
import { assertPasswordAllowed } from './password-policy.ts'
import type { PasswordPolicyRecord } from '../records.ts'

const NAMES = { alias: 'acme-Prod-1', rootEmail: 'root-1@Example.com' }

const LAX: PasswordPolicyRecord = {
  minimumLength: 6,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercase: false,
  requireLowercase: false,
  allowUsersToChange: false,
}
const STRICT: PasswordPolicyRecord = {
  ...LAX,
  minimumLength: 10,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
}

const UPPERCASE = 'Password should have at least one uppercase letter'
const LOWERCASE = 'Password should have at least one lowercase letter'
const NUMBER = 'Password should have at least one number'
const SYMBOL = 'Password should have at least one symbol'

const CASES: readonly {
  readonly password: string
  readonly policy: PasswordPolicyRecord | undefined
  /** Undefined where the password is allowed. */
  readonly sentence: string | undefined
}[] = [
  { password: 'Abcdef1', policy: undefined, sentence: 'Password should have a minimum length of 8' },
  { password: 'Abcdefg1', policy: undefined, sentence: undefined },
  { password: 'abcdefg-1', policy: undefined, sentence: undefined },
  {
    password: 'abcdefgh1',
    policy: undefined,
    sentence: `Password should meet 1 more of the following requirements: ${UPPERCASE}, ${SYMBOL}`,
  },
  {
    password: 'aaaaaaaaa',
    policy: undefined,
    sentence: `Password should meet 2 more of the following requirements: ${UPPERCASE}, ${NUMBER}, ${SYMBOL}`,
  },
  {
    password: '\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9',
    policy: undefined,
    sentence: `Password should meet 3 more of the following requirements: ${UPPERCASE}, ${LOWERCASE}, ${NUMBER}, ${SYMBOL}`,
  },
  {
    password: 'ACME-prod-1',
    policy: undefined,
    sentence: 'Password should not be identical to your AWS account name or email address',
  },
  {
    password: 'Root-1@example.com',
    policy: undefined,
    sentence: 'Password should not be identical to your AWS account name or email address',
  },
  { password: 'Root-1@example.com', policy: LAX, sentence: undefined },
  { password: 'aaaaa', policy: LAX, sentence: 'Password should have a minimum length of 6' },
  { password: 'aaaaaa', policy: LAX, sentence: undefined },
  { password: 'ABCDEFGH-1', policy: STRICT, sentence: LOWERCASE },
  { password: 'abcdefgh-1', policy: STRICT, sentence: UPPERCASE },
  { password: 'Abcdefghi-', policy: STRICT, sentence: NUMBER },
  { password: 'Abcdefgh1;', policy: STRICT, sentence: SYMBOL },
  { password: 'Abcdefgh-1', policy: STRICT, sentence: undefined },
  {
    password: 'abc',
    policy: STRICT,
    sentence: `Password should have a minimum length of 10, ${UPPERCASE}, ${NUMBER}, ${SYMBOL}`,
  },
]

for (const { password, policy, sentence } of CASES) {
  const kind = policy === undefined ? 'the default policy' : policy === LAX ? 'a lax policy' : 'a strict policy'
  test(`under ${kind} the password ${password} is ${sentence === undefined ? 'allowed' : 'refused with all that it lacks'}`, () => {
    const check = (): void => assertPasswordAllowed(password, policy, { names: NAMES, error })
    if (sentence === undefined) check()
    else assert.throws(check, { code: 'PasswordPolicyViolation', message: sentence })
  })
}

test("every one of AWS's symbols counts as one, and no other character does", () => {
  const allowed = (symbol: string): boolean => {
    try {
      assertPasswordAllowed(`abcdef${symbol}`, { ...LAX, requireSymbols: true }, { names: NAMES, error })
      return true
    } catch {
      return false
    }
  }
  const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
  assert.equal(printable.filter(allowed).toSorted().join(''), Array.from("!@#$%^&*()_+-=[]{}|'").toSorted().join(''))
})

function error(code: string, message: string): Fault {
  return new Fault(code, message, { status: 400 })
}
