/** Managed policies for the tests that need some. */
import { CreatePolicyCommand, type CreatePolicyCommandInput } from '@aws-sdk/client-iam'
import type { World } from './world.ts'

/** A document that may be stored; it lets nobody do anything that a test asks for. */
export const DOCUMENT = managedDocument('s3:GetObject')

/** An AWS managed policy. */
export const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess'

/** The document that allows the action everywhere. */
export function managedDocument(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
}

/** Makes a policy as the root user and returns its ARN. */
export async function createPolicy(
  world: World,
  PolicyName: string,
  more: Omit<Partial<CreatePolicyCommandInput>, 'PolicyName'> = {},
): Promise<string> {
  const input = { PolicyName, PolicyDocument: DOCUMENT, ...more }
  const { Policy } = await world.iam().send(new CreatePolicyCommand(input))
  if (Policy?.Arn === undefined) throw new Error('a policy was made without an ARN')
  return Policy.Arn
}
