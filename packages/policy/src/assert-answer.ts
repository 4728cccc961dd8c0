/**
 * What the parts of a decision answer is checked where it is used. Taken for `false`, an `undefined` would silence a Deny, and
 * taken for `true`, a text would let an Allow apply; so an answer of the wrong type ends the decision, which is then a deny.
 */

export function assertBoolean(answer: unknown): asserts answer is boolean {
  if (answer !== true && answer !== false) throw new TypeError('a part of the decision is neither true nor false')
}

export function assertNumber(answer: unknown): asserts answer is number {
  if (!Number.isFinite(answer)) throw new TypeError('a part of the decision is no number')
}

export function assertText(answer: unknown): asserts answer is string {
  if (typeof answer !== 'string') throw new TypeError('a part of the decision is no text')
}
