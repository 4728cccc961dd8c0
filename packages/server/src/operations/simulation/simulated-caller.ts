/** Who asks in a simulation. */
import type { Principal } from '@iamd/policy'
import type { Fault } from '@iamd/wire'
import type { PolicyOwner } from '../../catalogue/entity-policies.ts'
import { type EntityArn, parseEntityArn } from './entity-arn.ts'
import type { GivenContext } from './simulated-context.ts'

export interface SimulatedCaller {
  readonly principal: Principal & { readonly accountId: string }
  /** The condition keys that the simulator supplies by itself, unless the request gives them. */
  readonly defaults: GivenContext
}

/** What aws:userid is to a simulation without a caller (observed). */
const STUB_USER_ID = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR'

/** The caller when the request names none: nobody in particular of the account that asks. */
export function stubCaller(accountId: string): SimulatedCaller {
  return {
    principal: { kind: 'user', accountId, arn: `arn:aws:iam::${accountId}:user/${STUB_USER_ID}`, id: STUB_USER_ID },
    defaults: new Map([
      ['aws:principalaccount', accountId],
      ['aws:userid', STUB_USER_ID],
    ]),
  }
}

/** Throws InvalidInput unless the ARN is that of a user, group or role, whether or not there is one. */
export function namedCaller(
  arn: string,
  {
    source,
    error,
  }: { readonly source: PolicyOwner | undefined; readonly error: (code: 'InvalidInput', message: string) => Fault },
): SimulatedCaller {
  const entity = parseEntityArn(arn)
  if (entity === undefined) {
    throw error('InvalidInput', 'Invalid caller - Caller must be an IAM user, role or group in this context.')
  }
  // AWS gives the ARN for aws:userid. Of the very entity that is simulated the id is known, and decisions are made with it.
  const id = source?.arn === arn ? source.id : arn
  return {
    principal: principalOf(arn, entity, id),
    defaults: new Map([
      ['aws:principalarn', arn],
      ['aws:principalaccount', entity.accountId],
      ['aws:userid', id],
      ...(entity.kind === 'user' ? ([['aws:username', entity.name]] as const) : []),
    ]),
  }
}

/** A group is not a principal, but AWS takes one for a caller: to a resource's policy it is one of its account. */
function principalOf(arn: string, { kind, accountId, name }: EntityArn, id: string): SimulatedCaller['principal'] {
  if (kind !== 'role') return { kind: 'user', accountId, arn, id }
  const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${name}/${STUB_USER_ID}`
  return { kind: 'roleSession', accountId, arn: sessionArn, roleArn: arn, roleId: id }
}
