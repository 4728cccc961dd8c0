/** A password for a new user or root, made by the account's own rules. */
import type { RandomBytes } from '../ids.ts'

/** The part of an account's password policy that a new password has to satisfy. */
export interface PasswordRules {
  readonly minimumLength: number
  readonly requireSymbols: boolean
  readonly requireNumbers: boolean
  readonly requireUppercase: boolean
  readonly requireLowercase: boolean
}

/** About 117 bits from an alphabet of 58. */
const LENGTH_MIN = 20

/**
 * Letters and digits that are not taken for one another. The symbols are those of AWS's list that mean nothing to a shell,
 * an INI file or a URL's reader, since people paste what they are given.
 */
const UPPERCASE = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const LOWERCASE = 'abcdefghijkmnopqrstuvwxyz'
const DIGITS = '23456789'
const SYMBOLS = '@^_+-='
const LETTERS = UPPERCASE + LOWERCASE
const ALL = LETTERS + DIGITS + SYMBOLS

/**
 * Has all four classes of characters, whatever the rules ask, and so satisfies AWS's default (three of four) too. Starts with a letter,
 * so that a spreadsheet never takes it for a formula.
 */
export function newPassword(rules: PasswordRules, randomBytes: RandomBytes): string {
  const length = Math.max(LENGTH_MIN, rules.minimumLength)
  for (;;) {
    const password = pick(LETTERS, randomBytes) + pickMany({ from: ALL, count: length - 1 }, randomBytes)
    // Drawing again until all classes are there keeps every such password equally likely.
    if ([UPPERCASE, LOWERCASE, DIGITS, SYMBOLS].every((characters) => hasAny(password, characters))) return password
  }
}

function hasAny(text: string, characters: string): boolean {
  return Array.from(text).some((character) => characters.includes(character))
}

function pickMany(
  { from, count }: { readonly from: string; readonly count: number },
  randomBytes: RandomBytes,
): string {
  return Array.from({ length: count }, () => pick(from, randomBytes)).join('')
}

/** Uniform: bytes beyond the last whole multiple are thrown away. */
function pick(characters: string, randomBytes: RandomBytes): string {
  const limit = 256 - (256 % characters.length)
  for (;;) {
    const [byte = limit] = randomBytes(1)
    if (byte < limit) return characters.charAt(byte % characters.length)
  }
}
