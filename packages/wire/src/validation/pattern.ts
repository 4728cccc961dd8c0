/** Whether a whole text matches a pattern of the model. */
export type PatternTest = (text: string) => boolean

const tests = new Map<string, PatternTest>()

/**
 * The test for a pattern of the model, compiled once. The patterns are Java's; those of IAM and STS mean the same here, `\u10000` included,
 * which both read as U+1000 and a zero. All of them run in linear time, which a test proves.
 */
export function patternTest(pattern: string): PatternTest {
  const known = tests.get(pattern)
  if (known !== undefined) return known
  // Only `\p{..}` and `\u{..}` need the unicode flag, which in turn forbids escapes such as `\:` that AWS writes.
  const flags = /\\[pu]\{/.test(pattern) ? 'u' : ''
  const expression = new RegExp(`^(?:${pattern})$`, flags) // The text is the model's, never a caller's.
  const test: PatternTest = (text) => expression.test(text)
  tests.set(pattern, test)
  return test
}
