import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Question } from '../../reference/question.ts'
import { minimise } from './minimise.ts'

it('a disagreement is made as small as it can be while it stays, and a statement keeps what it needs', () => {
  const statement = (Effect: string, Sid: string): object => ({ Effect, Sid, Action: ['s3:*', 'iam:*'], Resource: '*' })
  const question: Question = {
    request: {
      caller: { kind: 'anonymous' },
      action: 's3:GetObject',
      resource: '*',
      context: { 'aws:a': '1', 'aws:b': '2' },
    },
    policies: {
      identity: [
        { Statement: [statement('Allow', 'one'), statement('Deny', 'two')] },
        { Statement: statement('Allow', 'three') },
      ],
      endpoint: { Statement: [statement('Allow', 'four')] },
    },
  }
  const said = { engine: 'one', reference: 'other' }
  const { question: smallest } = minimise({ question, ...said }, (smaller) => {
    const text = JSON.stringify(smaller)
    return text.includes('Deny') && text.includes('aws:b') && text.includes('iam:')
      ? { question: smaller, ...said }
      : undefined
  })
  assert.deepEqual(smallest, {
    request: { ...question.request, context: { 'aws:b': '2' } },
    policies: { identity: [{ Statement: [{ Effect: 'Deny', Action: ['iam:*'], Resource: '*' }] }] },
  })
})
