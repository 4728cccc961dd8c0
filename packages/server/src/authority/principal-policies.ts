/**
 * Which policies apply to a principal: the bridge from the image to the policy engine.
 *
 * A user has its own inline and attached policies and those of its groups, and a permissions boundary. What is compiled is kept
 * as long as nothing that decides has changed in the image; there is no cache of decisions.
 */
import { compile, compilePolicy, parsePolicy } from '@iamd/policy'
import type { CompiledPolicy, PoliciesInForce, PolicyDocument } from '@iamd/policy'
import type { AccountImage } from '../account/account-tables.ts'
import type { Principal, UserPrincipal } from '../account/principal.ts'
import { type EntityPolicy, findBoundary, policiesOf, UnreadablePolicy } from '../catalogue/entity-policies.ts'

/** Characters of the documents that are kept parsed: some thousands of usual policies. */
const DOCUMENTS_LENGTH_MAX = 16_000_000

/** Finds and compiles what applies to principals, and keeps it until something that decides changes. */
export class PrincipalPolicySource {
  readonly #compiled = new WeakMap<object, Map<string, PoliciesInForce>>()
  readonly #documents = new Map<string, PolicyDocument>()
  #documentsLength = 0

  /** Throws UnreadablePolicy when something that applies cannot be read. */
  policiesOf(image: AccountImage, principal: Principal): PoliciesInForce {
    switch (principal.kind) {
      case 'root':
        return NO_POLICIES
      case 'user':
        return this.#policiesOfUser(image, principal)
    }
  }

  #policiesOfUser(image: AccountImage, user: UserPrincipal): PoliciesInForce {
    // A draft that was already changed is not what its epoch stands for.
    if (image.isChanged) return this.#compile(image, user)
    const compiled = this.#compiled.get(image.decisionEpoch) ?? new Map<string, PoliciesInForce>()
    this.#compiled.set(image.decisionEpoch, compiled)
    const policies = compiled.get(user.id) ?? this.#compile(image, user)
    compiled.set(user.id, policies)
    return policies
  }

  #compile(image: AccountImage, user: UserPrincipal): PoliciesInForce {
    const identity = [...policiesOf(image, user.accountId, user)].map((policy) => this.#compilePolicy(policy))
    const boundary = findBoundary(image, user)
    return {
      identity: compile(identity),
      boundary: boundary === undefined ? undefined : compile([this.#compilePolicy(boundary)]),
    }
  }

  #compilePolicy({ name, arn, owner, document: text }: EntityPolicy): CompiledPolicy {
    const identity = { name, arn, attachedTo: owner.arn }
    const known = this.#documents.get(text)
    if (known !== undefined) return compilePolicy(known, identity)
    const parsed = parsePolicy(text)
    if (!parsed.ok) throw new UnreadablePolicy(`\`${name}\` attached to \`${owner.arn}\``)
    this.#remember(text, parsed.document)
    return compilePolicy(parsed.document, identity)
  }

  #remember(text: string, document: PolicyDocument): void {
    if (this.#documentsLength + text.length > DOCUMENTS_LENGTH_MAX) {
      this.#documents.clear()
      this.#documentsLength = 0
    }
    this.#documents.set(text, document)
    this.#documentsLength += text.length
  }
}

/** No policy of an account limits its root user. */
const NO_POLICIES: PoliciesInForce = {}
