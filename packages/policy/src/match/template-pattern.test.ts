import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Evaluation } from '../context/evaluation.ts'
import { StepBudget } from '../context/step-budget.ts'
import { compilePattern, matchPattern } from './pattern.ts'
import { compileTemplate, matchTemplate, templateStart } from './template-pattern.ts'
import { parseTemplate, resolveTemplate } from './template.ts'

const SYNTAX = { wildcards: true, variables: true }
const words = (units: readonly string[], lengthMax: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...units), { maxLength: lengthMax }).map((list) => list.join(''))

describe('matchTemplate', () => {
  it('law: matching a template is matching the pattern that has the values in it', () => {
    const sources = words(['a', 'b', '*', '?', '${x}', '${y}', "${z, 'ab'}", '${}'], 6)
    const texts = words(['a', 'b', '*', '?'], 8)
    const values = fc.record({ x: texts, y: fc.option(texts, { nil: undefined }) })
    let matched = 0
    fc.assert(
      fc.property(sources, texts, values, (source, text, { x, y }) => {
        const evaluation = evaluationOf({ x, y })
        const parts = parseTemplate(source, SYNTAX)
        const resolved = resolveTemplate(parts, evaluation)
        const expected = resolved !== undefined && matchPattern(compilePattern(resolved), text, evaluation.steps)
        const pattern = compileTemplate(parts)
        assert.equal(matchTemplate(pattern, text, evaluation), expected)
        if (expected) matched += 1
        if (expected) assert.ok(text.startsWith(templateStart(pattern)))
      }),
      { numRuns: 20_000, seed: 1 },
    )
    assert.ok(matched > 500, `${matched} matched`)
  })

  it('asks for a variable only when all before it matches', () => {
    const asked: string[] = []
    const context = { get: (key: string) => void asked.push(key) }
    const pattern = compileTemplate(parseTemplate('a/${x}/*', SYNTAX))
    assert.equal(matchTemplate(pattern, 'b/c/d', { context, steps: new StepBudget() }), false)
    assert.deepEqual(asked, [])
    assert.equal(matchTemplate(pattern, 'a/c/d', { context, steps: new StepBudget() }), false)
    assert.deepEqual(asked, ['x'])
  })

  it('makes a pattern anew only where a variable stands behind a wildcard', () => {
    const kinds = ['a', 'a*', '${x}', 'a${x}/*', '${x}${y}?b*c', '*${x}', '?${x}', 'a${x}*${y}', '${x}${}'].map(
      (source) => compileTemplate(parseTemplate(source, SYNTAX)).kind,
    )
    assert.deepEqual(kinds, ['fixed', 'fixed', 'leading', 'leading', 'leading', 'late', 'late', 'late', 'late'])
  })
})

function evaluationOf(values: Readonly<Record<string, string | undefined>>): Evaluation {
  return { context: { get: (key) => values[key] }, steps: new StepBudget() }
}
