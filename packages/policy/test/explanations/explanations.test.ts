/** What explanations say of random questions: never anything else than the decision, and always enough to change it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Question } from '../../reference/question.ts'
import type { Explanation, Remedy, SourceExplanation } from '../../src/index.ts'
import { compileQuestion, decideCompiled, engineAnswer, explainQuestion } from '../engine-answer.ts'
import { randomQuestions } from '../random-questions.ts'
import { withRemedies } from './applied-remedies.ts'

const SEED = 20_261_122
const WORLDS = 300

const EXPLAINED = Array.from({ length: WORLDS }, (_, world) => randomQuestions(SEED, world))
  .flat()
  .map((question) => ({ question, explanation: explainQuestion(question) }))
const DENIED = EXPLAINED.filter(({ explanation }) => explanation.decision.effect !== 'allow')

describe('explanations', () => {
  it('F-21: explanation and enforcement cannot disagree (P10)', () => {
    for (const { question, explanation } of EXPLAINED) {
      const { effect, source, statement } = decideCompiled(compileQuestion(question))
      const explained = explanation.decision
      assert.deepEqual(
        [explained.effect, explained.source, explained.statement],
        [effect, source, statement],
        shown(question),
      )
    }
  })

  it('law: the statements of a source say what the source says', () => {
    for (const { question, explanation } of EXPLAINED) {
      for (const source of explanation.sources) {
        assert.equal(source.verdict, verdictOfStatements(source), shown(question))
        const wanted = source.verdict === 'deny' ? 'Deny' : 'Allow'
        const applying = source.statements.filter(({ applies, statement }) => applies && statement.effect === wanted)
        const refs = applying.map(({ statement }) => statement)
        assert.equal(source.statement === undefined ? source.verdict === 'none' : refs.includes(source.statement), true)
      }
    }
  })

  it('law: what decides is the statement of the source that is named', () => {
    for (const { question, explanation } of EXPLAINED) {
      const { decision, sources } = explanation
      if (decision.statement === undefined) continue
      const named = sources.filter(({ source }) => source === decision.source).map(({ statement }) => statement)
      assert.ok(named.includes(decision.statement), shown(question))
    }
  })

  it('law: remedies are enough: with all of them done, the request is allowed', () => {
    assert.ok(DENIED.length > 1_000, `${DENIED.length} denials`)
    for (const { question, explanation } of DENIED) {
      const mended = withRemedies(question, explanation.remedies)
      assert.equal(engineAnswer(mended).effect, 'allow', shown(question))
    }
  })

  it('law: remedies are needed: with any one of them left out, the request is still denied', () => {
    let count = 0
    for (const { question, explanation } of DENIED) {
      for (const left of explanation.remedies) {
        const others = explanation.remedies.filter((remedy) => remedy !== left)
        assert.notEqual(engineAnswer(withRemedies(question, others)).effect, 'allow', shown(question))
        count += 1
      }
    }
    assert.ok(count > DENIED.length)
  })

  it('law: every place that a remedy names helps as much as the first', () => {
    let count = 0
    for (const { question, explanation } of DENIED) {
      for (const remedies of alternatives(explanation)) {
        assert.equal(engineAnswer(withRemedies(question, remedies)).effect, 'allow', shown(question))
        count += 1
      }
    }
    assert.ok(count > 50, `${count} alternatives`)
  })

  it('law: what is allowed needs no remedy', () => {
    const allowed = EXPLAINED.filter(({ explanation }) => explanation.decision.effect === 'allow')
    assert.ok(allowed.length > 300, `${allowed.length} allowed`)
    for (const { explanation } of allowed) assert.deepEqual(explanation.remedies, [])
  })
})

function verdictOfStatements({ statements }: SourceExplanation): SourceExplanation['verdict'] {
  const effects = statements.filter(({ applies }) => applies).map(({ statement }) => statement.effect)
  if (effects.includes('Deny')) return 'deny'
  return effects.length > 0 ? 'allow' : 'none'
}

/** The remedies with one place put first that was not. */
function alternatives({ remedies }: Explanation): readonly (readonly Remedy[])[] {
  return remedies.flatMap((remedy) => {
    if (remedy.kind !== 'addAllow') return []
    return remedy.places.slice(1).map((place) => {
      return remedies.map((one) => (one === remedy ? { ...remedy, places: [place] } : one))
    })
  })
}

function shown(question: Question): string {
  return JSON.stringify(question)
}
