import { assertNumber } from '../assert-answer.ts'

const COLONS = 5

/**
 * Offset of the fifth colon, behind which an ARN's resource part begins (which may hold more of them), or -1.
 * `arn:partition:service:region:account:resource` (AWS General Reference, "Amazon Resource Names").
 */
export function fifthColon(text: string): number {
  let at = -1
  for (let count = 0; count < COLONS; count += 1) {
    at = text.indexOf(':', at + 1)
    if (at < 0) return -1
  }
  return at
}

/** The six parts of an ARN, or undefined when there are fewer. */
export function splitArn(text: string): readonly string[] | undefined {
  const end = fifthColon(text)
  assertNumber(end)
  return end < 0 ? undefined : [...text.slice(0, end).split(':'), text.slice(end + 1)]
}
