import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '@iamd/policy'
import { accessRequest, policiesInForce, textsOf } from '../processes/iamd-engine.ts'
import { WORKLOADS } from './workloads.ts'

for (const { name, policies, questions } of WORKLOADS) {
  test(`${name}: iamd answers every question as it should be answered`, () => {
    const inForce = policiesInForce(textsOf(policies))
    const wrong = questions.filter(
      (question) => (decide(accessRequest(question), inForce).effect === 'allow') !== question.isAllowed,
    )
    assert.deepEqual(wrong, [])
  })
}

test('W2 and W3 have 100 and 1,000 statements, and 50 different questions each, some to allow and some to deny', () => {
  const [, ...typical] = WORKLOADS
  assert.deepEqual(
    typical.map(({ policies }) => policies.flatMap(({ Statement }) => Statement).length),
    [100, 1000],
  )
  for (const { questions } of typical) {
    assert.equal(new Set(questions.map((question) => JSON.stringify(question))).size, 50)
    assert.equal(questions.filter(({ isAllowed }) => isAllowed).length, 27)
  }
})
