/**
 * Escapes text for XML 1.0 element content; the one place where text becomes XML. A carriage return is written as a reference, because
 * parsers turn the bare character into a line feed; what XML cannot carry (control characters, U+FFFE, U+FFFF, lone surrogates) becomes U+FFFD.
 */
export function escapeText(text: string): string {
  return special.test(text) ? text.toWellFormed().replaceAll(everySpecial, replace) : text
}

// oxlint-disable-next-line no-control-regex -- The control characters are what is looked for.
const special = /[&<>"\r\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/
// oxlint-disable-next-line no-control-regex -- As above.
const everySpecial = /[&<>"\r\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const references = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#xD;'],
])

function replace(character: string): string {
  return references.get(character) ?? '\uFFFD'
}
