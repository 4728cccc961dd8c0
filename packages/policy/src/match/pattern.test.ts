import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { StepBudget, StepBudgetExceeded } from '../context/step-budget.ts'
import { compilePattern, matchPattern, type Pattern } from './pattern.ts'
import { parseTemplate } from './template.ts'

describe('matchPattern', () => {
  it('law: matcher equals dynamic-programming reference (E-6: all patterns up to 6 of a, b, *, ? and all texts up to 6)', () => {
    const texts = wordsOf('ab', 6)
    let compared = 0
    for (const source of wordsOf('ab*?', 6)) {
      const pattern = patternOf(source)
      const steps = new StepBudget()
      for (const text of texts) {
        compared += 1
        if (matchPattern(pattern, text, steps) !== matchesByTable(source, text))
          assert.fail(`\`${source}\` on \`${text}\``)
      }
    }
    assert.equal(compared, ((4 ** 7 - 1) / 3) * (2 ** 7 - 1))
  })

  it('law: matcher equals dynamic-programming reference on long texts of any characters', () => {
    const unit = fc.constantFrom('a', 'b', '/', ':', '\n', '\u{1f600}', 'ä')
    const word = fc.array(unit, { maxLength: 6 }).map((list) => list.join(''))
    const source = fc
      .array(fc.oneof(word, fc.constantFrom('*', '?', '**', '*?*')), { maxLength: 8 })
      .map((list) => list.join(''))
    const text = fc.array(word, { maxLength: 8 }).map((list) => list.join(''))
    fc.assert(
      fc.property(source, text, (pattern, value) => {
        assert.equal(matchPattern(patternOf(pattern), value, new StepBudget()), matchesByTable(pattern, value))
      }),
      { numRuns: 5_000 },
    )
  })

  const hostile: readonly (readonly [name: string, source: string, text: string])[] = [
    ['one long part that fails at its end', `*${'a'.repeat(1_024)}b*`, 'a'.repeat(2_048)],
    ['a part as long as the text', `*${'a'.repeat(6_100)}b`, 'a'.repeat(2_048)],
    ['many stars', `${'*a'.repeat(3_000)}b`, 'a'.repeat(2_048)],
    ['many stars that can match', `${'*a'.repeat(1_000)}*`, 'a'.repeat(2_048)],
    ['stars and questions', `${'*?'.repeat(1_000)}b`, 'a'.repeat(2_048)],
    ['parts that nearly match', `*${'ab'.repeat(512)}c*${'ab'.repeat(512)}d`, 'ab'.repeat(1_024)],
    ['one long part that stands, but for a unit', `*${'a'.repeat(1_023)}b?*`, `${'a'.repeat(2_047)}b`],
    ['halves', `*${'a'.repeat(700)}b*${'a'.repeat(700)}b*`, `${'a'.repeat(1_023)}b${'a'.repeat(1_023)}b`],
  ]
  for (const [name, source, text] of hostile) {
    it(`E-6, F-22, N-01: a pattern of up to 6 KiB on 2 KiB stays under 1.1 million steps: ${name}`, () => {
      const steps = new StepBudget()
      const before = steps.left
      const isMatch = matchPattern(patternOf(source), text, steps)
      assert.equal(isMatch, matchesByTable(source, text))
      assert.ok(before - steps.left < 1_100_000, `${before - steps.left} steps`)
    })
  }

  it('stops within the budget and says so', () => {
    const steps = new StepBudget(1_000)
    const pattern = patternOf(`*${'a'.repeat(500)}b*`)
    assert.throws(() => matchPattern(pattern, 'a'.repeat(1_000), steps), StepBudgetExceeded)
    assert.ok(steps.left < 0 && steps.left > -10)
  })

  it('makes the simplest program that a pattern allows', () => {
    const kinds = (source: string): string => patternOf(source).kind
    assert.deepEqual(['*', '**', 'a', '', 'a*', '*a', 'a*b', '?', 'a?*'].map(kinds), [
      'any',
      'any',
      'exact',
      'exact',
      'prefix',
      'texts',
      'texts',
      'units',
      'units',
    ])
  })

  it('matches nothing when a variable is left in it', () => {
    const pattern = compilePattern(parseTemplate('a${aws:username}', { wildcards: true, variables: true }))
    assert.equal(matchPattern(pattern, 'a', new StepBudget()), false)
    assert.equal(pattern.kind, 'never')
  })
})

function patternOf(source: string): Pattern {
  return compilePattern(parseTemplate(source, { wildcards: true, variables: false }))
}

/** All words of some letters, from none to `lengthMax` long. */
function wordsOf(letters: string, lengthMax: number): readonly string[] {
  const words = ['']
  for (let from = 0, length = 0; length < lengthMax; length += 1) {
    const to = words.length
    for (const word of words.slice(from, to)) for (const letter of letters) words.push(word + letter)
    from = to
  }
  return words
}

/** The definition: row by row, which beginnings of the text each beginning of the pattern matches. */
function matchesByTable(pattern: string, text: string): boolean {
  let row = Array.from({ length: text.length + 1 }, (_, length) => length === 0)
  for (let place = 0; place < pattern.length; place += 1) {
    const unit = pattern[place]
    const next: boolean[] = []
    for (let length = 0; length <= text.length; length += 1) {
      const isOne = length > 0 && row[length - 1] === true && (unit === '?' || unit === text[length - 1])
      next.push(unit === '*' ? row[length] === true || next[length - 1] === true : isOne)
    }
    row = next
  }
  return row[text.length] === true
}
