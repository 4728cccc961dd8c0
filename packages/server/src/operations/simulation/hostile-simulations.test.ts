import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IAMServiceException, SimulateCustomPolicyCommand } from '@aws-sdk/client-iam'
import fc from 'fast-check'
import { ALLOW, BUCKET_A, DENY, policy, statement } from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

/** What a refusal may be; a bug of the server would be ServiceFailure. */
const EXPECTED = /^(?:InvalidInputException|ValidationError|MalformedInput|PolicyEvaluationException)$/

const CALLERS = [
  'arn:aws:iam::123456789012:user/a',
  'arn:aws:iam::999999999999:role/b/c',
  'arn:aws:iam::123456789012:group/g',
]
const junk = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '*',
    ':',
    '::::::',
    'arn:aws:::',
    'arn:aws:iam::1:user/x',
    '__proto__',
    'constructor:name',
    '${',
    '${*}',
  ),
)
const condition = fc.dictionary(
  fc.constantFrom('StringEquals', 'NumericLessThan', 'IpAddress', 'ForAnyValue:ArnLike', 'Null', 'Bool'),
  fc.dictionary(junk, junk, { maxKeys: 2 }),
  { maxKeys: 2 },
)
const document = fc.oneof(
  junk,
  fc.constantFrom(ALLOW, DENY),
  fc
    .record(
      { Action: junk, Resource: junk, Principal: fc.oneof(junk, fc.record({ AWS: junk })), Condition: condition },
      { requiredKeys: [] },
    )
    .map((parts) => policy(statement(parts))),
)
const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 })
const members = fc.record(
  {
    PolicyInputList: list(document),
    ActionNames: list(fc.oneof(fc.constantFrom('s3:GetObject', 'S3:*', 'a:b'), junk)),
    ResourceArns: list(fc.oneof(fc.constantFrom(BUCKET_A, '*'), junk)),
    PermissionsBoundaryPolicyInputList: list(document),
    OrderedOrganizationPolicyInputList: list(fc.record({ ServiceControlPolicyInputList: list(document) })),
    ResourcePolicy: document,
    ResourceOwner: fc.oneof(junk, fc.constantFrom('arn:aws:iam::999999999999:root')),
    CallerArn: fc.oneof(junk, fc.constantFrom(...CALLERS)),
    ContextEntries: list(
      fc.record(
        {
          ContextKeyName: junk,
          ContextKeyType: fc.constantFrom('string', 'numericList', 'date', 'ip', 'booleanList', 'binary'),
          ContextKeyValues: list(junk),
        },
        { requiredKeys: [] },
      ),
    ),
    ResourceHandlingOption: junk,
    MaxItems: fc.integer({ min: -1, max: 1_001 }),
    Marker: junk,
  },
  { requiredKeys: [] },
)

/** A simulation that works but for what is put in place of some of its members. */
const input = fc.tuple(members, fc.nat()).map(([hostile, seed]) => {
  const kept = Object.entries(hostile).filter((_, at) => seed % 4 === 0 || at === seed % 12)
  return {
    PolicyInputList: [ALLOW],
    ActionNames: ['s3:GetObject'],
    ResourceArns: [BUCKET_A],
    ...Object.fromEntries(kept),
  }
})

test('law: whatever is simulated is answered or refused with a code of the model, and never a bug', async () => {
  const world = await World.create()
  let answered = 0
  await fc.assert(
    fc.asyncProperty(input, async (asked) => {
      try {
        const { EvaluationResults } = await world.iam().send(new SimulateCustomPolicyCommand(asked))
        assert.ok(EvaluationResults !== undefined)
        answered += 1
      } catch (error) {
        assert.ok(error instanceof IAMServiceException, String(error))
        assert.match(error.name, EXPECTED)
      }
    }),
    { numRuns: 400, seed: 21 },
  )
  assert.deepEqual(world.bugs, [])
  // Half of nothing but refusals would prove little.
  assert.ok(answered >= 40, `${answered} answered`)
})
