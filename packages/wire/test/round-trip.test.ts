import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../src/index.ts'
import { campaign, sdkOperations } from './round-trip-campaign.ts'
import { exceptionName, receiveFault, roundTrip } from './sdk-round-trip.ts'
import { valueArbitrary } from './shape-arbitrary.ts'

const operations = sdkOperations()

test('the model has all 180 operations of IAM and all 11 of STS', () => {
  const count = (service: string): number => operations.filter((operation) => operation.service === service).length
  assert.deepEqual([count('iam'), count('sts')], [180, 11])
})

for (const operation of operations) {
  test(`random values of ${operation.name} pass through the AWS SDK both ways unchanged`, async () => {
    assert.deepEqual(await campaign(operation, { values: 5, seed: 42 }), [])
  })
}

test('the comparison sees a value that was changed on its way', async () => {
  const [operation] = operations.filter(({ name }) => name === 'GetUser')
  assert.ok(operation)
  const changed = { ...operation, output: undefined }
  const [difference = ''] = await roundTrip(changed, { UserName: 'a' }, { Account: '1' })
  assert.match(difference, /^GetUser: output differs/)
})

test('every error of every operation becomes its exception in the AWS SDK, with its message and status', async () => {
  for (const operation of operations) {
    const [input = {}] = fc.sample(valueArbitrary(operation.input, 'input'), { numRuns: 1, seed: 42 })
    for (const [code, status] of operation.errors) {
      const error = await receiveFault(operation, input, new Fault(code, 'It is <so> & "so".', { status }))
      assert.ok(error instanceof Error, operation.name)
      assert.deepEqual(
        {
          name: error.name,
          message: error.message,
          status: Reflect.get(Object(Reflect.get(error, '$metadata')), 'httpStatusCode'),
        },
        { name: exceptionName(operation, code), message: 'It is <so> & "so".', status },
        operation.name,
      )
    }
  }
})
