/**
 * Throws unless the answer is exactly true or false. Within a decision nothing else may pass for either: taken for `false`, an
 * `undefined` would silence a Deny, and taken for `true`, a text would let an Allow apply.
 */
export function assertBoolean(answer: unknown): asserts answer is boolean {
  if (answer !== true && answer !== false) throw new TypeError('a part of the decision is neither true nor false')
}
