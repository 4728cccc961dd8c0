/**
 * Whether the call may go on: what is asked against what applies. The only maker of `Authorized`.
 *
 * INVARIANT (fail closed): every way out of here but one throws. Whatever cannot be read or decided is denied.
 */
import { type AccessRequest, decide, type Decision, denialSentence, explain, type Explanation } from '@iamd/policy'
import { Fault } from '@iamd/wire'
import type { OperationName, ServiceName } from '@iamd/wire'
import type { AccountImage } from '../account/account-tables.ts'
import type { Principal } from '../account/principal.ts'
import type { Tag } from '../account/tags.ts'
import type { PrincipalPolicySource } from '../authority/principal-policies.ts'
import { type CallFacts, requestContext } from '../authority/request-context.ts'
import { UnreadablePolicy } from '../catalogue/entity-policies.ts'
import { type Ask, type Authorized, NO_PERMISSION_NEEDED } from '../operations/operation.ts'
import type { SceneView } from '../operations/scene.ts'
import type { Decoded } from './decode.ts'
import { header } from './receive.ts'

/** The state that the call is authorised against: the published image of the caller's account, or a writer's draft of it. */
export interface State {
  readonly image: AccountImage
}

export interface Denial {
  readonly requestId: string
  readonly principalArn: string
  readonly action: string
  readonly resource: string
  /** Worked out when asked for. */
  readonly explain: () => Explanation | undefined
}

export interface AuthorizerOptions {
  readonly policies: Pick<PrincipalPolicySource, 'policiesOf'>
  /** `soft` is the emulator's: a denial is told and the call goes on. */
  readonly mode: 'enforce' | 'soft'
  readonly onDenied: (denial: Denial) => void
  readonly onUnreadable: (error: unknown) => void
}

/** Decides for every operation, by the policies that apply to the caller. */
export class Authorizer {
  readonly #options: AuthorizerOptions

  constructor(options: AuthorizerOptions) {
    this.#options = options
  }

  /** Throws AccessDenied unless the policies that apply allow everything that the operation asks. */
  authorize(decoded: Decoded, view: SceneView & State): Authorized<OperationName> {
    const { operation, input } = decoded
    const ask = operation.authorize(input, view)
    if (ask !== NO_PERMISSION_NEEDED) {
      for (const one of [ask, ...(ask.also ?? [])]) this.#require(decoded, view, one)
    }
    return { input, principal: view.principal } as Authorized<OperationName> // The one place where the brand is given, after the line above.
  }

  #require(decoded: Decoded, view: SceneView & State, ask: Omit<Ask, 'also'>): void {
    const { principal } = view
    const { action = `${decoded.service.name}:${decoded.operation.name}`, resource } = ask
    const request: AccessRequest = {
      principal: askingPrincipal(principal),
      action,
      resource,
      context: requestContext({
        facts: factsOf(decoded, principal, view.now),
        principalTags: () => tagsOf(view.image, principal),
        operation: ask.context,
      }),
    }
    const decision = this.#decide(request, principal, view)
    if (decision?.effect === 'allow') return
    const { requestId } = decoded.received
    this.#options.onDenied({
      requestId,
      principalArn: principal.arn,
      action,
      resource,
      explain: () => this.#explain(request, principal, view),
    })
    if (this.#options.mode === 'soft') return
    const sentence = denialSentence({
      principalArn: principal.arn,
      action,
      resource: isNamed(resource, decoded.service.name) ? resource : undefined,
      decision: decision ?? UNDECIDED,
    })
    throw new Fault('AccessDenied', sentence, { status: 403 })
  }

  /** Undefined when it cannot be decided; that is a denial. */
  #decide(request: AccessRequest, principal: Principal, { image }: State): Decision | undefined {
    try {
      const decision = decide(request, this.#options.policies.policiesOf(image, principal))
      if (decision.failure !== undefined) this.#options.onUnreadable(decision.failure)
      return decision
    } catch (error) {
      this.#options.onUnreadable(error)
      return undefined
    }
  }

  #explain(request: AccessRequest, principal: Principal, { image }: State): Explanation | undefined {
    try {
      return explain(request, this.#options.policies.policiesOf(image, principal))
    } catch (error) {
      if (error instanceof UnreadablePolicy) return undefined
      throw error
    }
  }
}

/** IAM says `on resource: *` where an action has no resource; STS says nothing (observed, as for sts:GetAccessKeyInfo). */
function isNamed(resource: string, service: ServiceName): boolean {
  return resource !== '*' || service !== 'sts'
}

const UNDECIDED: Decision = {
  effect: 'implicitDeny',
  source: 'identity',
  statement: undefined,
  budgetExceeded: false,
  failure: undefined,
}

/** The caller as the policy engine knows it. Every resource of a call is in the caller's own account. */
function askingPrincipal(principal: Principal): AccessRequest['principal'] {
  const { accountId } = principal
  switch (principal.kind) {
    case 'root':
      return { kind: 'root', accountId }
    case 'user':
      return { kind: 'user', accountId, arn: principal.arn, id: principal.id }
  }
}

function factsOf({ received, region }: Decoded, principal: Principal, now: Date): CallFacts {
  return {
    principal,
    now,
    region,
    sourceIp: received.sourceIp,
    isSecureTransport: received.isSecureTransport,
    header: (name) => header(received, name),
  }
}

function tagsOf(image: AccountImage, principal: Principal): readonly Tag[] {
  return principal.kind === 'user' ? (image.tables.users.findBy('id', principal.id)?.tags ?? []) : []
}
