import { passwordViolations, type PasswordRules } from './password-rules.ts'

/** A uniformly random whole number of 0 <= n < limit. */
export type RandomNumber = (limit: number) => number

/**
 * A random password that keeps the account's rules and holds all four kinds of characters. It has 20 characters (some
 * 122 bits) or the rules' minimum if that is more, leaves out those that are read wrong (0 O o 1 l I) or that shells
 * take for their own, and begins with a letter, so that no spreadsheet takes it for a formula.
 */
export function generatePassword(rules: PasswordRules, random: RandomNumber): string {
  const length = Math.max(lengthUsual, rules.lengthMin)
  const allKinds: PasswordRules = { ...rules, kindCountMin: 4 }
  // Drawing whole passwords anew keeps the valid ones equally likely; placing one of each kind would not.
  for (;;) {
    const password = draw(letters, random) + Array.from({ length: length - 1 }, () => draw(characters, random)).join('')
    if (passwordViolations(password, allKinds).length === 0) return password
  }
}

const lengthUsual = 20
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz'
const characters = `${letters}23456789@#%^*()_+-=[]{}`

function draw(from: string, random: RandomNumber): string {
  return from.charAt(random(from.length))
}
