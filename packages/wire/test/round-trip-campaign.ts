/**
 * Every operation of IAM and STS, many random values each, through the real AWS SDK:
 * `node packages/wire/test/round-trip-campaign.ts --values 200 --seed 1`. Prints what was compared; exits with 1 for any difference.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { services } from '../src/index.ts'
import type { OperationModel } from '../src/index.ts'
import { roundTrip } from './sdk-round-trip.ts'
import { valueArbitrary } from './shape-arbitrary.ts'

/** Round trips of `values` random inputs and outputs of one operation; gives one sentence for each difference. */
export async function campaign(
  operation: OperationModel,
  { values, seed }: { values: number; seed: number },
): Promise<string[]> {
  const pair = fc.tuple(valueArbitrary(operation.input, 'input'), valueArbitrary(operation.output, 'output'))
  const differences: string[] = []
  for (const [input, output] of fc.sample(pair, { numRuns: values, seed })) {
    differences.push(...(await roundTrip(operation, input, output)))
  }
  return differences
}

/** The operations that the SDK knows: those of IAM and STS. */
export function sdkOperations(): OperationModel[] {
  return [...services.values()]
    .filter(({ name }) => name !== 'iamd')
    .flatMap(({ operations }) => [...operations.values()])
}

async function main(): Promise<void> {
  const { values: options } = parseArgs({ options: { values: { type: 'string' }, seed: { type: 'string' } } })
  const [values, seed] = [Number(options.values ?? 200), Number(options.seed ?? Date.now() % 2 ** 31)]
  const operations = sdkOperations()
  let count = 0
  for (const operation of operations) {
    for (const difference of await campaign(operation, { values, seed })) {
      count += 1
      process.stdout.write(`${difference}\n`)
    }
  }
  process.stdout.write(`${operations.length} operations x ${values} values (seed ${seed}): ${count} differences\n`)
  process.exitCode = count === 0 ? 0 : 1
}

if (import.meta.main) await main()
