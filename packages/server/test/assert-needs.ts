/** What a call must be allowed, proved from both sides. */
import assert from 'node:assert/strict'
import type { IAMClient } from '@aws-sdk/client-iam'
import type { World } from './world.ts'

export interface Need {
  readonly action: string
  readonly resource: string
  readonly call: (client: IAMClient) => Promise<unknown>
}

/**
 * Fails unless a user who may do `action` on other resources is refused the call with AWS's sentence, and one who may
 * do it on `resource` alone is not.
 */
export async function assertNeeds(world: World, { action, resource, call }: Need): Promise<void> {
  const elsewhere = await world.createUser(
    'Elsewhere',
    { Effect: 'Allow', Action: action, Resource: [`${resource}-`, 'arn:aws:iam::999999999999:*'] },
    { Effect: 'Allow', Action: ['s3:*', 'sts:*'], Resource: '*' },
  )
  await assert.rejects(call(world.iam(elsewhere)), {
    name: 'AccessDenied',
    message:
      `User: arn:aws:iam::${world.accountId}:user/Elsewhere is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no identity-based policy allows the ${action} action`,
  })
  const allowed = await world.createUser('Allowed', { Effect: 'Allow', Action: action, Resource: resource })
  await call(world.iam(allowed))
}
