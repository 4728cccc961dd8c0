import type { PasswordPolicy } from '../account/account-api.ts'

/** The kinds of characters that IAM's password rules know. */
export const characterKinds = ['uppercase letter', 'lowercase letter', 'number', 'symbol'] as const
export type CharacterKind = (typeof characterKinds)[number]

/** What a password of an account must be. */
export type PasswordRules = {
  readonly lengthMin: number
  readonly requiredKinds: readonly CharacterKind[]
  /** How many kinds of the four there must be, whichever they are. */
  readonly kindCountMin: number
}

// No password is longer, whatever the account's policy says.
const passwordLengthMax = 128

/**
 * The rules of an account: its policy, or where it has none AWS's default, which asks for 8 characters of three kinds
 * (User Guide, "Setting an account password policy for IAM users").
 */
export function passwordRules(policy: PasswordPolicy | undefined): PasswordRules {
  if (policy === undefined) return { lengthMin: 8, requiredKinds: [], kindCountMin: 3 }
  const isRequired: Record<CharacterKind, boolean> = {
    'uppercase letter': policy.requiresUppercase,
    'lowercase letter': policy.requiresLowercase,
    number: policy.requiresNumbers,
    symbol: policy.requiresSymbols,
  }
  return {
    lengthMin: policy.lengthMin,
    requiredKinds: characterKinds.filter((kind) => isRequired[kind]),
    kindCountMin: 0,
  }
}

/** What a password lacks, each as words for a person; none of them shows the password. */
export function passwordViolations(password: string, rules: PasswordRules): readonly string[] {
  const kinds = characterKinds.filter((kind) => hasKind(password, kind))
  const violations: string[] = []
  if (password.length < rules.lengthMin) violations.push(`at least ${rules.lengthMin} characters are needed`)
  if (password.length > passwordLengthMax) violations.push(`at most ${passwordLengthMax} characters are allowed`)
  // The pattern of CreateLoginProfile's Password: tab, line feed, carriage return, space to U+00FF.
  if (!/^[\t\n\r\u0020-\u00ff]*$/.test(password)) violations.push('it has a character that IAM does not allow')
  for (const kind of rules.requiredKinds) if (!kinds.includes(kind)) violations.push(`a ${kind} is needed`)
  if (kinds.length < rules.kindCountMin) {
    violations.push(`${rules.kindCountMin} of the four kinds are needed: ${characterKinds.join(', ')}`)
  }
  return violations
}

/** The rules in words, such as `at least 14 characters with a number and a symbol`. */
export function describeRules({ lengthMin, requiredKinds, kindCountMin }: PasswordRules): string {
  const kinds =
    kindCountMin > 0 ? `${kindCountMin} kinds of characters` : requiredKinds.map((kind) => `a ${kind}`).join(', ')
  return `at least ${lengthMin} characters${kinds === '' ? '' : ` with ${kinds}`}`
}

// By the PasswordPolicy page of the IAM API.
const passwordSymbols = "!@#$%^&*()_+-=[]{}|'"

function hasKind(password: string, kind: CharacterKind): boolean {
  switch (kind) {
    case 'uppercase letter':
      return /[A-Z]/.test(password)
    case 'lowercase letter':
      return /[a-z]/.test(password)
    case 'number':
      return /[0-9]/.test(password)
    case 'symbol':
      return passwordSymbols.split('').some((symbol) => password.includes(symbol))
    default:
      return kind satisfies never
  }
}
