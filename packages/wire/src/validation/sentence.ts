/** What a value should have been, in AWS's words. */
export const memberMustNotBeNull = 'Member must not be null'

/** A length, or the number of elements, below the minimum. */
export function lengthAtLeast(min: number): string {
  return `Member must have length greater than or equal to ${min}`
}

/** A length, or the number of elements, above the maximum. */
export function lengthAtMost(max: number): string {
  return `Member must have length less than or equal to ${max}`
}

/** A number below the minimum. */
export function valueAtLeast(min: number): string {
  return `Member must have value greater than or equal to ${min}`
}

/** A number above the maximum. */
export function valueAtMost(max: number): string {
  return `Member must have value less than or equal to ${max}`
}

/** A text that a pattern does not match. */
export function matches(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`
}

/** A text that is not among the values of an enumeration. */
export function isOneOf(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(', ')}]`
}

/** The elements of a list that are texts or numbers: AWS names all that each must satisfy, in one violation of the list. */
export function elementsSatisfy(constraints: readonly string[]): string {
  return `Member must satisfy constraint: [${constraints.join(', ')}]`
}

/** As for the elements of a list, for the keys of a map. */
export function keysSatisfy(constraints: readonly string[]): string {
  return `Map keys must satisfy constraint: [${constraints.join(', ')}]`
}

/** As for the elements of a list, for the values of a map. */
export function valuesSatisfy(constraints: readonly string[]): string {
  return `Map value must satisfy constraint: [${constraints.join(', ')}]`
}
