import assert from 'node:assert/strict'
import {
  CreateServiceSpecificCredentialCommand,
  type CreateServiceSpecificCredentialCommandInput,
  type ServiceSpecificCredential,
} from '@aws-sdk/client-iam'
import type { World } from '../world.ts'

/** Makes a service-specific credential as the root user, for Git unless told otherwise. Its id is a text for sure. */
export async function createServiceCredential(
  world: World,
  UserName: string,
  other: Partial<CreateServiceSpecificCredentialCommandInput> = {},
): Promise<ServiceSpecificCredential & { readonly ServiceSpecificCredentialId: string }> {
  const input = { UserName, ServiceName: 'codecommit.amazonaws.com', ...other }
  const answer = await world.iam().send(new CreateServiceSpecificCredentialCommand(input))
  const credential = answer.ServiceSpecificCredential ?? assert.fail('no credential')
  return { ...credential, ServiceSpecificCredentialId: credential.ServiceSpecificCredentialId ?? '' }
}
