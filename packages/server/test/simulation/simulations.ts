/** Simulations of policies, for the tests of what is simulated. */
import assert from 'node:assert/strict'
import {
  type ContextEntry,
  type EvaluationResult,
  SimulateCustomPolicyCommand,
  type SimulateCustomPolicyCommandInput,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam'
import type { World } from '../world.ts'

export const BUCKET_A = 'arn:aws:s3:::bucket/a'
export const BUCKET_B = 'arn:aws:s3:::bucket/b'

/** A statement that is anything but complete is completed to one that allows s3:GetObject everywhere. */
export function statement(parts: object = {}): object {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...parts }
}

/** The document of these statements, without white space. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

export const ALLOW: string = policy(statement())
export const DENY: string = policy(statement({ Effect: 'Deny' }))
export const ALLOW_ALL: string = policy(statement({ Action: '*' }))

type CustomInput = Partial<SimulateCustomPolicyCommandInput>

/** Asks as the root user, with one policy that allows s3:GetObject and that action, unless the input says otherwise. */
export async function simulateAll(world: World, input: CustomInput = {}): Promise<EvaluationResult[]> {
  const whole = { PolicyInputList: [ALLOW], ActionNames: ['s3:GetObject'], ...input }
  const { EvaluationResults } = await world.iam().send(new SimulateCustomPolicyCommand(whole))
  return EvaluationResults ?? assert.fail('no results')
}

/** The same for a single result. */
export async function simulate(world: World, input: CustomInput = {}): Promise<EvaluationResult> {
  const [result, ...more] = await simulateAll(world, input)
  assert.equal(more.length, 0)
  return result ?? assert.fail('no result')
}

export async function simulatePrincipal(
  world: World,
  input: Partial<SimulatePrincipalPolicyCommandInput> & { readonly PolicySourceArn: string },
): Promise<EvaluationResult[]> {
  const whole = { ActionNames: ['s3:GetObject'], ...input }
  const { EvaluationResults } = await world.iam().send(new SimulatePrincipalPolicyCommand(whole))
  return EvaluationResults ?? assert.fail('no results')
}

export function entry(
  ContextKeyName: string,
  values: string | readonly string[],
  ContextKeyType: ContextEntry['ContextKeyType'] = 'string',
): ContextEntry {
  return { ContextKeyName, ContextKeyValues: typeof values === 'string' ? [values] : [...values], ContextKeyType }
}

/** Where the statements of a result come from, as `PolicyInputList.1 1:38-1:95`, sorted. */
export function places({ MatchedStatements = [] }: EvaluationResult): string[] {
  return MatchedStatements.map(({ SourcePolicyId, StartPosition: start, EndPosition: end }) => {
    return `${SourcePolicyId} ${start?.Line}:${start?.Column}-${end?.Line}:${end?.Column}`
  }).toSorted()
}
