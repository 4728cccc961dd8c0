import type { ValueOperator } from './operator.ts'

/** Values and operands are base64; the bytes are compared. */
export const BINARY_OPERATORS: readonly ValueOperator[] = [
  {
    kind: 'value',
    name: 'BinaryEquals',
    isNegated: false,
    takesVariables: false,
    isWellFormed: isBase64,
    compile(operands) {
      const wanted = new Set(operands.filter(isBase64))
      return (value) => (wanted.has(value) ? 'match' : 'differ')
    },
  },
]

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Whether a text is the base64 of some bytes as RFC 4648 writes it, padding included and no bit left over. There is one
 * such text for any bytes, so comparing texts is comparing bytes (negative test O-09).
 */
function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='))
  const digits = text.slice(0, text.length - padding)
  for (const digit of digits) if (!ALPHABET.includes(digit)) return false
  const last = ALPHABET.indexOf(digits.at(-1) ?? 'A')
  return padding === 0 || last % (padding === 1 ? 4 : 16) === 0
}
