/** Roles for the tests that need some. */
import { CreateRoleCommand, type CreateRoleCommandInput, GetRoleCommand, type Role } from '@aws-sdk/client-iam'
import type { World } from '../world.ts'

/** A trust policy that names these principals; EC2 when none are given. */
export function trustPolicy(principal: object = { Service: 'ec2.amazonaws.com' }): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  })
}

/** Makes a role as the root user. */
export async function createRole(
  world: World,
  RoleName: string,
  more: Omit<Partial<CreateRoleCommandInput>, 'RoleName'> = {},
): Promise<Role> {
  const input = { RoleName, AssumeRolePolicyDocument: trustPolicy(), ...more }
  const { Role } = await world.iam().send(new CreateRoleCommand(input))
  if (Role === undefined) throw new Error('no role was answered')
  return Role
}

/** The role as GetRole answers it. */
export async function roleOf(world: World, RoleName: string): Promise<Role> {
  const { Role } = await world.iam().send(new GetRoleCommand({ RoleName }))
  if (Role === undefined) throw new Error('no role was answered')
  return Role
}

/** Puts a role as no operation can make one: of AWS's services, which alone may change it. */
export async function createServiceLinkedRole(world: World, name: string): Promise<void> {
  await world.change((account, now) =>
    account.roles.put({
      id: `AROA${name}`,
      name,
      path: '/aws-service-role/ec2.amazonaws.com/',
      createdAt: now.toISOString(),
      sessionSecondsMax: 3600,
      trustPolicy: trustPolicy(),
      trusted: [],
      tags: [],
    }),
  )
}

/** AWS's refusal to change such a role. */
export function protectedRole(name: string): { readonly name: string; readonly message: string } {
  return {
    name: 'UnmodifiableEntityException',
    message: `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  }
}
