import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Evaluation } from '../context/evaluation.ts'
import { StepBudget } from '../context/step-budget.ts'
import { compilePattern, matchPattern } from './pattern.ts'
import { hasVariables, parseTemplate, resolveTemplate, resolveText, templateText } from './template.ts'

const BOTH = { wildcards: true, variables: true }

describe('policy variables', () => {
  it('law: substituted text is literal, whatever it holds', () => {
    const hostile = fc.array(fc.constantFrom('*', '?', '$', '{', '}', '${', '${aws:username}', "'", ',', 'a', ':'), {
      maxLength: 6,
    })
    const texts = hostile.map((list) => list.join(''))
    fc.assert(
      fc.property(texts, texts, (value, other) => {
        const evaluation = evaluationOf({ 'aws:principaltag/t': value, 'aws:username': 'someone' })
        const parts = parseTemplate('x${aws:PrincipalTag/t}y', BOTH)
        const pattern = compilePattern(resolveTemplate(parts, evaluation) ?? assert.fail('not resolved'))
        assert.equal(matchPattern(pattern, `x${value}y`, evaluation.steps), true)
        assert.equal(matchPattern(pattern, `x${other}y`, evaluation.steps), other === value)
        assert.equal(resolveText(parts, evaluation), `x${value}y`)
      }),
      { numRuns: 3_000 },
    )
  })

  it('law: a resolved template is written in the policy syntax, and reads back as the same pattern', () => {
    const texts = fc.array(fc.constantFrom('*', '?', '$', '{', '}', 'a'), { maxLength: 6 }).map((list) => list.join(''))
    fc.assert(
      fc.property(texts, texts, (value, probe) => {
        const evaluation = evaluationOf({ 'aws:username': value })
        const resolved =
          resolveTemplate(parseTemplate('*${aws:username}?', BOTH), evaluation) ?? assert.fail('not resolved')
        const again = parseTemplate(templateText(resolved), BOTH)
        assert.equal(hasVariables(again), false)
        const text = `${probe}${value}!`
        assert.equal(
          matchPattern(compilePattern(again), text, evaluation.steps),
          matchPattern(compilePattern(resolved), text, evaluation.steps),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('law: a text without variables and wildcards is one part, itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        assert.deepEqual(parseTemplate(text, { wildcards: false, variables: false }), [{ kind: 'text', text }])
      }),
    )
  })

  it('are cut from the text, with their key in lower case and their default', () => {
    assert.deepEqual(parseTemplate("a${AWS:UserName, 'x y'}b${*}", BOTH), [
      { kind: 'text', text: 'a' },
      { kind: 'variable', key: 'aws:username', fallback: 'x y' },
      { kind: 'text', text: 'b*' },
    ])
  })

  const unresolvable = [
    '${}',
    '${,}',
    "${, 'x'}",
    '${ a}',
    '${a }',
    '${a,}',
    '${a, x}',
    "${a, 'x}",
    "${a, 'x'y}",
    "${'a'}",
    '${aws:TagKeys}',
  ]
  for (const source of unresolvable) {
    it(`never has a value when written ${source}`, () => {
      assert.deepEqual(parseTemplate(source, BOTH), [{ kind: 'unresolvable', text: source }])
    })
  }

  for (const source of ['$', '${', '${a', '$a}', '{a}', '$ {a}']) {
    it(`is not what stands in ${source}`, () => {
      assert.deepEqual(parseTemplate(source, BOTH), [{ kind: 'text', text: source }])
    })
  }

  it('ask for a key only when it is needed, and once', () => {
    const asked: string[] = []
    const context = { get: (key: string) => void asked.push(key) }
    assert.equal(resolveText(parseTemplate('${a}${b}', BOTH), { context, steps: new StepBudget() }), undefined)
    assert.deepEqual(asked, ['a'])
  })
})

function evaluationOf(values: Readonly<Record<string, string>>): Evaluation {
  return { context: { get: (key) => values[key] }, steps: new StepBudget() }
}
