import {
  type ContextValue,
  contextOf,
  explain,
  type Explanation,
  type PoliciesInForce,
  type Principal,
} from '@iamd/policy'

import { contextOfCaller } from './caller.ts'

/** A question to the engine: who asks for what. */
export type SimulatedRequest = {
  readonly caller: Principal
  readonly action: string
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string
  /** Absent when the resource is in the caller's own account, or in nobody's. */
  readonly resourceAccount?: string | undefined
  readonly isOwnedByManagementAccount?: boolean | undefined
  /** Condition keys in any case; undefined takes away what follows from the caller. */
  readonly context: Readonly<Record<string, ContextValue | undefined>>
}

/** A question and the engine's answer. */
export type Simulation = { readonly request: SimulatedRequest; readonly explanation: Explanation }

/** Asks the engine, as the service does when it authorises a call. */
export function simulate(request: SimulatedRequest, policies: PoliciesInForce): Simulation {
  const { caller, context, ...asked } = request
  const values = [...Object.entries(contextOfCaller(caller)), ...Object.entries(resourceContext(request))]
  // What is given counts, whatever the case of its key; undefined takes away.
  const engineContext = contextOf(Object.fromEntries([...values, ...Object.entries(context)]))
  const engineRequest = { ...asked, principal: caller, context: engineContext }
  return { request, explanation: explain(engineRequest, policies) }
}

function resourceContext({ resourceAccount }: SimulatedRequest): Readonly<Record<string, string>> {
  return resourceAccount === undefined ? {} : { 'aws:ResourceAccount': resourceAccount }
}

/** The one bit that counts. */
export function isAllowed({ explanation }: Simulation): boolean {
  return explanation.decision.effect === 'allow'
}

/** The caller in the words in which it was named. */
export function nameOfCaller(caller: Principal): string {
  switch (caller.kind) {
    case 'anonymous':
      return 'anonymous'
    case 'service':
      return caller.name
    case 'federated':
      return caller.provider
    case 'root':
      return `arn:aws:iam::${caller.accountId}:root`
    case 'user':
    case 'roleSession':
    case 'federatedUser':
      return caller.arn
  }
}
