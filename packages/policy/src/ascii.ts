const UPPER_A = 0x41
const UPPER_Z = 0x5a

/**
 * Lower-cases A-Z and nothing else, as actions and condition keys are compared: `'ſ3'.toUpperCase()` is `'S3'` and the
 * Kelvin sign lower-cases to `k`, so Unicode's rules would let other letters pass for these (negative test F-10).
 */
export function lowerCaseAscii(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if ((unit >= UPPER_A && unit <= UPPER_Z) || unit > 0x7f) return lowered(text)
  }
  return text
}

function lowered(text: string): string {
  let out = ''
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    out += unit >= UPPER_A && unit <= UPPER_Z ? String.fromCharCode(unit + 32) : text[index]
  }
  return out
}

/**
 * The same text as JavaScript keeps names: there is only one of each, so that comparing it with another name is comparing two
 * addresses. Parts of a policy's text are not, and they keep all of it in memory.
 */
export function asName(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text
}
