/**
 * A text of a policy, an expectation or a file's name on one line, with control characters and those that turn the direction of
 * writing shown as JSON escapes them. Reports have a line for each thing that they say: a `Sid` with a line break in it could say
 * that nothing is wrong, or give a command to the CI system that reads them, and a terminal obeys the others.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (unit) => `\\u${hex(unit)}`)
}

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0')
}
