/** Laws of the policy language. What they are called is what they say. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type AccessRequest, type Decision, decide, explain } from '../src/index.ts'
import { userWith } from './build-policies.ts'
import { actionLists, requests, resourceLists, statements, type StatementSource } from './random-policies.ts'

const RUNS = { numRuns: 3_000 }
const lists = fc.array(statements(), { maxLength: 5 })

describe('laws', () => {
  it('law: deny beats allow', () => {
    fc.assert(
      fc.property(lists, requests, (list, request) => {
        const everything = { Effect: 'Deny', Action: '*', Resource: '*' }
        assert.equal(effectOf([...list, everything], request), 'explicitDeny')
      }),
      RUNS,
    )
  })

  it('law: default deny', () => {
    fc.assert(
      fc.property(fc.array(statements(fc.constant('Deny'))), requests, (list, request) => {
        assert.equal(effectOf([], request), 'implicitDeny')
        assert.notEqual(effectOf(list, request), 'allow')
      }),
      RUNS,
    )
  })

  it('law: allowed only if explicitly permitted', () => {
    fc.assert(
      fc.property(lists, requests, (list, request) => {
        const { effect, statement } = decide(request, userWith(documentOf(list)))
        assert.equal(effect === 'allow', statement?.effect === 'Allow')
        assert.equal(effect === 'explicitDeny', statement?.effect === 'Deny')
      }),
      RUNS,
    )
  })

  it('law: order and duplication change nothing', () => {
    const shuffled = lists.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray(list)),
    )
    fc.assert(
      fc.property(shuffled, requests, ([list, mixed, again], request) => {
        assert.equal(effectOf([...mixed, ...again], request), effectOf(list, request))
      }),
      RUNS,
    )
  })

  it('law: splitting a policy into several changes nothing', () => {
    fc.assert(
      fc.property(lists, requests, (list, request) => {
        const split = decide(request, userWith(...list.map((statement) => documentOf([statement]))))
        assert.equal(split.effect, effectOf(list, request))
      }),
      RUNS,
    )
  })

  it('law: adding a Deny never turns deny into allow', () => {
    fc.assert(
      fc.property(lists, statements(fc.constant('Deny')), requests, (list, deny, request) => {
        const before = effectOf(list, request)
        const after = effectOf([...list, deny], request)
        if (before !== 'allow') assert.notEqual(after, 'allow')
        if (before === 'explicitDeny') assert.equal(after, 'explicitDeny')
      }),
      RUNS,
    )
  })

  it('law: adding an Allow never turns allow into deny', () => {
    fc.assert(
      fc.property(lists, statements(fc.constant('Allow')), requests, (list, allow, request) => {
        const before = effectOf(list, request)
        const after = effectOf([...list, allow], request)
        if (before !== 'implicitDeny') assert.equal(after, before)
        else assert.notEqual(after, 'explicitDeny')
      }),
      RUNS,
    )
  })

  it('law: NotAction is the complement of Action', () => {
    fc.assert(
      fc.property(actionLists, requests, (list, request) => {
        const plain = effectOf([{ Effect: 'Allow', Action: list, Resource: '*' }], request)
        const complement = effectOf([{ Effect: 'Allow', NotAction: list, Resource: '*' }], request)
        assert.deepEqual([plain, complement].toSorted(), ['allow', 'implicitDeny'])
      }),
      RUNS,
    )
  })

  it('law: NotResource is the complement of Resource', () => {
    fc.assert(
      fc.property(resourceLists, requests, (list, request) => {
        const plain = effectOf([{ Effect: 'Allow', Action: '*', Resource: list }], request)
        const complement = effectOf([{ Effect: 'Allow', Action: '*', NotResource: list }], request)
        assert.deepEqual([plain, complement].toSorted(), ['allow', 'implicitDeny'])
      }),
      RUNS,
    )
  })

  it('law: case of actions and of condition keys changes nothing', () => {
    fc.assert(
      fc.property(lists, requests, (list, request) => {
        const upper = { ...request, action: request.action.toUpperCase() }
        assert.equal(effectOf(list, upper), effectOf(list, request))
      }),
      RUNS,
    )
  })

  it('law: P10, F-21: explanation and enforcement cannot disagree', () => {
    fc.assert(
      fc.property(lists, requests, (list, request) => {
        const principal = userWith(documentOf(list))
        const { decision, sources } = explain(request, principal)
        assert.deepEqual(decision, decide(request, principal))
        const verdicts = { allow: 'allow', explicitDeny: 'deny', implicitDeny: 'none' } as const
        assert.deepEqual(
          sources.map(({ verdict }) => verdict),
          [verdicts[decision.effect]],
        )
        const wanted = decision.effect === 'explicitDeny' ? 'Deny' : 'Allow'
        const applying = sources[0]?.statements.filter(
          ({ applies, statement }) => applies && statement.effect === wanted,
        )
        assert.equal(applying?.[0]?.statement.index, decision.statement?.index)
      }),
      RUNS,
    )
  })

  it('law: asking again, after any other requests, changes nothing', () => {
    fc.assert(
      fc.property(lists, fc.array(requests, { maxLength: 6 }), requests, (list, others, request) => {
        const principal = userWith(documentOf(list))
        const before = decide(request, principal)
        for (const other of others) decide(other, principal)
        assert.deepEqual(decide(request, principal), before)
      }),
      RUNS,
    )
  })
})

function documentOf(list: readonly StatementSource[]): unknown {
  // A statement that matches nothing, because a document has one at least.
  const none = { Effect: 'Allow', Action: 'none:None', Resource: 'arn:aws:none:::none' }
  return { Version: '2012-10-17', Statement: [...list, none] }
}

function effectOf(list: readonly StatementSource[], request: AccessRequest): Decision['effect'] {
  return decide(request, userWith(documentOf(list))).effect
}
