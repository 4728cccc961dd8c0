/** F-22: what one pattern can cost at most, in steps; a step is a few nanoseconds (bench/ has the time of a whole decision). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { StepBudget } from '../../src/context/step-budget.ts'
import { compilePattern, matchPattern } from '../../src/match/pattern.ts'
import { parseTemplate } from '../../src/match/template.ts'

/** The longest managed policy, and the longest value that a header or an ARN brings. */
const PATTERN_LENGTH_MAX = 6_144
const TEXT_LENGTH_MAX = 2_048

/** A tail of n units is tried at each of the places that leave room for it, and n is at its worst at half of the text. */
const STEPS_MAX = (TEXT_LENGTH_MAX / 2 + 2) ** 2 + PATTERN_LENGTH_MAX

const NEARLY = { pattern: `*${'a'.repeat(TEXT_LENGTH_MAX / 2 - 1)}b?*`, text: `${'a'.repeat(TEXT_LENGTH_MAX - 1)}b` }

function stepsOf(pattern: string, text: string): number {
  const steps = new StepBudget(Number.MAX_SAFE_INTEGER)
  const before = steps.left
  matchPattern(compilePattern(parseTemplate(pattern, { wildcards: true, variables: false })), text, steps)
  return before - steps.left
}

describe('the worst case of matching', () => {
  const half = TEXT_LENGTH_MAX / 2
  const worst: readonly (readonly [name: string, pattern: string, text: string])[] = [
    ['a tail that fails at its end, everywhere', `*${'a'.repeat(half)}b*`, 'a'.repeat(TEXT_LENGTH_MAX)],
    ['the same unit by unit', `*${'a'.repeat(half - 1)}b?*`, 'a'.repeat(TEXT_LENGTH_MAX)],
    ['the same where the end is there, but for one unit', NEARLY.pattern, NEARLY.text],
    ['nothing but stars', '*'.repeat(PATTERN_LENGTH_MAX), 'a'.repeat(TEXT_LENGTH_MAX)],
    ['a star for each unit', '*a'.repeat(PATTERN_LENGTH_MAX / 2), 'a'.repeat(TEXT_LENGTH_MAX)],
    ['stars and question marks', '*?'.repeat(PATTERN_LENGTH_MAX / 2), 'a'.repeat(TEXT_LENGTH_MAX)],
    ['a thousand stars before a tail', `${'*a'.repeat(1_000)}${'a'.repeat(500)}b`, 'a'.repeat(TEXT_LENGTH_MAX)],
    ['a pattern longer than any text', 'a'.repeat(PATTERN_LENGTH_MAX), 'a'.repeat(TEXT_LENGTH_MAX)],
  ]
  for (const [name, pattern, text] of worst) {
    it(`F-22: ${name} costs no more than the bound`, () => {
      assert.ok(stepsOf(pattern, text) <= STEPS_MAX)
    })
  }

  it('F-22: the bound is reached, so it says something', () => {
    assert.ok(stepsOf(NEARLY.pattern, NEARLY.text) > STEPS_MAX * 0.95)
  })

  it('F-22: law: no pattern and no text of these lengths cost more', () => {
    const pieces = fc.constantFrom('*', '?', 'a', 'b', 'ab', '*a', 'a'.repeat(100), 'a'.repeat(1_000), '*'.repeat(50))
    const patterns = fc.array(pieces, { maxLength: 80 }).map((parts) => parts.join('').slice(0, PATTERN_LENGTH_MAX))
    const texts = fc
      .array(fc.constantFrom('a', 'b', 'a'.repeat(100), 'a'.repeat(1_000)), { maxLength: 80 })
      .map((parts) => parts.join('').slice(0, TEXT_LENGTH_MAX))
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        assert.ok(stepsOf(pattern, text) <= STEPS_MAX)
      }),
      { numRuns: 300, seed: 20_261_122 },
    )
  })
})
