import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compileAll } from '../../test/build-policies.ts'
import { conditionHolds } from '../condition/condition.ts'
import type { Evaluation } from '../context/evaluation.ts'
import type { ContextValue } from '../context/request-context.ts'
import { StepBudget } from '../context/step-budget.ts'
import type { Entry } from './compile-policy.ts'
import { compile, type PolicySet } from './policy-set.ts'

const KEYS = ['aws:PrincipalTag/a', 'aws:PrincipalTag/a', 'aws:PrincipalTag/a', 'aws:PrincipalTag/b', 'aws:TagKeys']
const OPERATORS = [
  ...Array.from({ length: 12 }, () => 'StringEquals'),
  'StringEqualsIfExists',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringEquals',
]

describe('the index of values', () => {
  it('law: it never leaves out a statement whose conditions hold, and keeps the order of the policies', () => {
    const words = fc.constantFrom('x', 'y', 'z', 'w', 'v', 'X', '*', '${*}', '${aws:PrincipalTag/b}')
    const condition = fc
      .tuple(fc.constantFrom(...OPERATORS), fc.constantFrom(...KEYS), fc.array(words, { minLength: 1, maxLength: 2 }))
      .map(([operator, key, values]) => ({ [operator]: { [key]: values } }))
    const statement = fc
      .tuple(fc.array(condition, { maxLength: 2 }), fc.constantFrom('Allow', 'Deny'))
      .map(([conditions, Effect]) => ({ ...ANYTHING, Effect, Condition: Object.assign({}, ...conditions) }))
    const value: fc.Arbitrary<ContextValue | undefined> = fc.oneof(
      fc.constantFrom(undefined, 'x', 'y', 'z', 'X', '*'),
      fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
    )
    const context = fc.tuple(value, value, value).map(([a, b, keys]) => ({ a, b, keys }))
    let left = 0
    fc.assert(
      fc.property(fc.array(statement, { minLength: 20, maxLength: 40 }), fc.array(context), (all, contexts) => {
        const set = compile(compileAll([{ Version: '2012-10-17', Statement: all }]))
        for (const { a, b, keys } of contexts) {
          const evaluation = evaluationOf({ 'aws:principaltag/a': a, 'aws:principaltag/b': b, 'aws:tagkeys': keys })
          const found = candidatesOf(set, evaluation)
          const entries = inEffectOrder(set)
          assert.deepEqual(holding(found, evaluation), holding(entries, evaluation))
          assert.deepEqual(
            found,
            entries.filter((entry) => found.includes(entry)),
          )
          left += entries.length - found.length
        }
      }),
      { numRuns: 500, seed: 1 },
    )
    assert.ok(left > 1_000, `${left} statements were left out`)
  })

  it('asks the few statements that want the value that the key has, of many for other values', () => {
    const set = teams(100)
    const found = (team: string | undefined): readonly number[] =>
      candidatesOf(set, evaluationOf({ 'aws:principaltag/team': team })).map(({ ref }) => ref.index)
    assert.deepEqual(found('team-50'), [50])
    assert.deepEqual(found('team-50'), [50])
    assert.deepEqual(found('others'), [])
    assert.deepEqual(found(undefined), [])
  })

  it('a value of the key that is no value ends the decision', () => {
    const wrong: ContextValue = JSON.parse('1')
    const context = { get: () => wrong }
    assert.throws(() => candidatesOf(teams(100), { context, steps: new StepBudget() }), TypeError)
  })

  it('does not read the context for a few statements', () => {
    const context = { get: (): undefined => assert.fail('the context was asked') }
    assert.equal(candidatesOf(teams(4), { context, steps: new StepBudget() }).length, 4)
  })
})

const ANYTHING = { Effect: 'Allow', Action: '*', Resource: '*' }

function teams(count: number): PolicySet {
  const Statement = Array.from({ length: count }, (_, index) => ({
    ...ANYTHING,
    Condition: { StringEquals: { 'aws:PrincipalTag/team': `team-${index}` } },
  }))
  return compile(compileAll([{ Version: '2012-10-17', Statement }]))
}

function candidatesOf(set: PolicySet, evaluation: Evaluation): readonly Entry[] {
  const { denies, allows } = set.candidates('s3:GetObject', 'arn:aws:s3:::b/k', evaluation)
  return [...denies, ...allows].flatMap((place) => set.entries[place] ?? [])
}

function inEffectOrder({ entries }: PolicySet): readonly Entry[] {
  return ['Deny', 'Allow'].flatMap((effect) => entries.filter(({ ref }) => ref.effect === effect))
}

function holding(entries: readonly Entry[], evaluation: Evaluation): readonly Entry[] {
  return entries.filter(({ program }) => program.conditions.every((one) => conditionHolds(one, evaluation)))
}

function evaluationOf(values: Readonly<Record<string, ContextValue | undefined>>): Evaluation {
  return { context: { get: (key) => values[key] }, steps: new StepBudget() }
}
