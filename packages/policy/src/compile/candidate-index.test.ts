import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compileAll, documentOf, statementDocument } from '../../test/build-policies.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { StepBudget, StepBudgetExceeded } from '../context/step-budget.ts'
import type { Candidates } from './candidates.ts'
import { type CompiledPolicy, compilePolicy, type Entry } from './compile-policy.ts'
import { compile, type PolicySet } from './policy-set.ts'
import { type StatementIndex, statementIndexOf } from './statement-index.ts'
import { resourceMatches } from './statement-program.ts'

const ACTION = 's3:GetObject'

describe('the index of statements', () => {
  it('law: it never leaves out a statement that matches, and keeps the order of the policies', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'ab', '/', '*', '?', '${x}', 'ä'), { maxLength: 5 })
    const pattern = words.map((list) => `arn:aws:s3:::${list.join('')}`)
    const element = fc.oneof(
      { weight: 6, arbitrary: fc.array(pattern, { minLength: 1, maxLength: 3 }).map((list) => ({ Resource: list })) },
      {
        weight: 1,
        arbitrary: fc.array(pattern, { minLength: 1, maxLength: 3 }).map((list) => ({ NotResource: list })),
      },
      { weight: 1, arbitrary: fc.constant({ Resource: '*' }) },
    )
    const statement = fc.tuple(element, fc.constantFrom('Allow', 'Deny')).map(([resource, Effect]) => ({
      Effect,
      Action: 's3:*',
      ...resource,
    }))
    const texts = fc.array(fc.constantFrom('a', 'b', '/', 'ä'), { maxLength: 6 })
    const resource = texts.map((list) => `arn:aws:s3:::${list.join('')}`)
    let left = 0
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 24 }),
        fc.array(resource, { maxLength: 8 }),
        (all, resources) => {
          const set = compile(compileAll([{ Version: '2012-10-17', Statement: all }]))
          const entries = inEffectOrder(set)
          for (const one of resources) {
            const found = foundIn(set, one)
            assert.deepEqual(matching(found, one), matching(entries, one))
            assert.deepEqual(
              found,
              entries.filter((entry) => found.includes(entry)),
            )
            left += entries.length - found.length
          }
        },
      ),
      { numRuns: 1_000, seed: 1 },
    )
    assert.ok(left > 1_000, `${left} statements were left out`)
  })

  it('finds among a thousand statements the few that can match', () => {
    const statements = Array.from({ length: 1_000 }, (_, index) => ({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::bucket-${String(index).padStart(4, '0')}/*`,
    }))
    const set = compile(compileAll([{ Version: '2012-10-17', Statement: statements }]))
    const evaluation = evaluationOf()
    set.candidates(ACTION, 'arn:aws:s3:::bucket-0999/key', evaluation)
    const before = evaluation.steps.left
    assert.deepEqual(set.candidates(ACTION, 'arn:aws:s3:::bucket-0500/key', evaluation).allows, [500])
    assert.ok(before - evaluation.steps.left < 20)
  })

  it('is one for all who have the same policies in the same order', () => {
    const documents = [documentOf(statementDocument({})), documentOf(statementDocument({ Effect: 'Deny' }))]
    const attached = (to: string): readonly CompiledPolicy[] =>
      documents.map((document) => compilePolicy(document, { name: 'p', arn: undefined, attachedTo: to }))
    const indexOf = (policies: readonly CompiledPolicy[]): StatementIndex =>
      statementIndexOf(policies.map(({ program }) => program))
    assert.equal(indexOf(attached('alice')), indexOf(attached('bob')))
    assert.notEqual(indexOf(attached('alice')), indexOf(attached('bob').toReversed()))
    assert.notEqual(indexOf(attached('alice')), indexOf(attached('bob').slice(1)))
    const owners = ['alice', 'bob'].map((to) => compile(attached(to)).entries.map(({ ref }) => ref.policy.attachedTo))
    assert.deepEqual(owners, [
      ['alice', 'alice'],
      ['bob', 'bob'],
    ])
  })

  it('N-07: is one for all actions that the same statements are about, however many names are made up', () => {
    const Resource = Array.from({ length: 50 }, (_, index) => `arn:aws:s3:::bucket-${index}/*`)
    const statements = Array.from({ length: 20 }, () => ({ Effect: 'Allow', Action: ['s3:*', 'sqs:Get*'], Resource }))
    const set = compile(compileAll([{ Version: '2012-10-17', Statement: statements }]))
    const select = (action: string): Candidates => set.candidates(action, 'arn:aws:s3:::bucket-7/key', evaluationOf())
    const first = select('s3:Name')
    for (let number = 0; number < 10_000; number += 1) assert.equal(select(`s3:Name${number}`), first)
    assert.equal(select('sqs:GetName'), first)
    assert.deepEqual(select('sqs:Name'), { kind: 'listed', denies: [], allows: [] })
  })

  it('N-07: forgets what takes too much room, and finds it again', () => {
    // Every set of nine letters is about other statements.
    const statements = Array.from({ length: 450 }, (_, index) => ({
      Effect: 'Allow',
      Action: `s3:*${String.fromCodePoint(97 + (index % 9))}*`,
      Resource: `arn:aws:s3:::${index}/*`,
    }))
    const set = compile(compileAll([{ Version: '2012-10-17', Statement: statements }]))
    const lettersOf = (bits: number): string =>
      'abcdefghi'
        .split('')
        .filter((_, at) => (bits & (1 << at)) !== 0)
        .join('')
    const select = (bits: number): Candidates =>
      set.candidates(`s3:${lettersOf(bits)}`, 'arn:aws:s3:::9/key', evaluationOf())
    const [first, other] = [select(1), select(2)]
    assert.deepEqual([first.allows, other.allows], [[9], []])
    assert.equal(select(1), first)
    for (let bits = 0; bits < 512; bits += 1) assert.deepEqual(select(bits).allows, bits % 2 === 1 ? [9] : [])
    assert.notEqual(select(1), first)
    assert.deepEqual(select(1), first)
  })

  it('asks one statement after another where patterns that begin with one another would take too much room', () => {
    const statements = Array.from({ length: 300 }, (_, index) => ({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `${'a'.repeat(index)}*`,
    }))
    const set = compile(compileAll([{ Version: '2012-10-17', Statement: statements }]))
    assert.equal(set.candidates(ACTION, 'b', evaluationOf()).allows.length, 300)
  })

  it('F-22: making it spends from the budget of the decision that needs it', () => {
    const Resource = Array.from({ length: 100 }, (_, index) => `arn:aws:s3:::${index}`)
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource }
    const set = compile(compileAll([{ Version: '2012-10-17', Statement: Array.from({ length: 9 }, () => statement) }]))
    const evaluation = { ...evaluationOf(), steps: new StepBudget(500) }
    assert.throws(() => set.candidates(ACTION, 'arn:aws:s3:::1', evaluation), StepBudgetExceeded)
  })
})

function inEffectOrder({ entries }: PolicySet): readonly Entry[] {
  return ['Deny', 'Allow'].flatMap((effect) => entries.filter(({ ref }) => ref.effect === effect))
}

function foundIn(set: PolicySet, resource: string): readonly (Entry | undefined)[] {
  const { denies, allows } = set.candidates(ACTION, resource, evaluationOf())
  return [...denies, ...allows].map((place) => set.entries[place])
}

function matching(entries: readonly (Entry | undefined)[], resource: string): readonly (Entry | undefined)[] {
  return entries.filter((entry) => {
    const resources = entry?.program.resources
    return resources !== undefined && resourceMatches(resources, resource, evaluationOf())
  })
}

function evaluationOf(): Evaluation {
  return { context: { get: (key) => (key === 'x' ? 'a' : undefined) }, steps: new StepBudget() }
}
