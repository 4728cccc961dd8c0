/**
 * Which policies apply to a principal: the bridge from the image to the policy engine.
 *
 * A user has its own inline and attached policies and those of its groups. What is compiled is kept as long as nothing that
 * decides has changed in the image; there is no cache of decisions.
 */
import { compile, compilePolicy, parsePolicy } from '@iamd/policy'
import type { CompiledPolicy, PoliciesInForce, PolicyDocument, PolicyIdentity, PolicySet } from '@iamd/policy'
import { type AccountImage, findSingle, pairPrefix } from '../account/account-tables.ts'
import { groupArn } from '../account/arns.ts'
import { findManagedPolicy, managedPolicyDocument } from '../catalogue/managed-policy.ts'
import type { Principal, UserPrincipal } from '../account/principal.ts'

/** A stored policy that cannot be read. Whoever it applies to is denied: what it would deny is not known. */
export class UnreadablePolicy extends Error {
  override readonly name = 'UnreadablePolicy'
}

/** Characters of the documents that are kept parsed: some thousands of usual policies. */
const DOCUMENTS_LENGTH_MAX = 16_000_000

/** Finds and compiles what applies to principals, and keeps it until something that decides changes. */
export class PrincipalPolicySource {
  readonly #compiled = new WeakMap<object, Map<string, PolicySet>>()
  readonly #documents = new Map<string, PolicyDocument>()
  #documentsLength = 0

  /** Throws UnreadablePolicy when something that applies cannot be read. */
  policiesOf(image: AccountImage, principal: Principal): PoliciesInForce {
    switch (principal.kind) {
      case 'root':
        return NO_POLICIES
      case 'user':
        return { identity: this.#policySetOf(image, principal) }
    }
  }

  #policySetOf(image: AccountImage, user: UserPrincipal): PolicySet {
    // A draft that was already changed is not what its epoch stands for.
    if (image.isChanged) return this.#compile(image, user)
    const compiled = this.#compiled.get(image.decisionEpoch) ?? new Map<string, PolicySet>()
    this.#compiled.set(image.decisionEpoch, compiled)
    const policies = compiled.get(user.id) ?? this.#compile(image, user)
    compiled.set(user.id, policies)
    return policies
  }

  #compile(image: AccountImage, user: UserPrincipal): PolicySet {
    const policies = [...this.#attachedTo(image, user.id, user.arn)]
    for (const membership of image.tables.memberships.scan({ prefix: pairPrefix(user.id) })) {
      const group = image.tables.groups.findBy('id', membership.groupId)
      if (group === undefined) throw new UnreadablePolicy(`group \`${membership.groupId}\` of \`${user.arn}\``)
      const arn = groupArn(user.accountId, group.path, group.name)
      policies.push(...this.#attachedTo(image, group.id, arn))
    }
    if (findSingle(image.tables.passwordPolicy)?.allowUsersToChange === true) policies.push(this.#ownPassword(user))
    if (image.isDamaged(user.id)) throw new UnreadablePolicy(`a stored record of \`${user.arn}\``)
    return compile(policies)
  }

  *#attachedTo(image: AccountImage, ownerId: string, attachedTo: string): IterableIterator<CompiledPolicy> {
    if (image.isDamaged(ownerId)) throw new UnreadablePolicy(`a stored record of \`${attachedTo}\``)
    for (const { name, document } of image.tables.inlinePolicies.scan({ prefix: pairPrefix(ownerId) })) {
      yield this.#compileDocument(document, { name, arn: undefined, attachedTo })
    }
    for (const { policyArn } of image.tables.attachments.scan({ prefix: pairPrefix(ownerId) })) {
      const policy = findManagedPolicy(image.tables, policyArn)
      const document = policy === undefined ? undefined : managedPolicyDocument(image.tables, policy)
      if (policy === undefined || document === undefined) throw new UnreadablePolicy(`\`${policyArn}\``)
      yield this.#compileDocument(document, { name: policy.name, arn: policyArn, attachedTo })
    }
  }

  /** UpdateAccountPasswordPolicy, AllowUsersToChangePassword: "all IAM users in the account" may change their own password and read the rules for it. */
  #ownPassword({ arn }: UserPrincipal): CompiledPolicy {
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: literalPattern(arn) },
        { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
      ],
    })
    return this.#compileDocument(document, { name: 'AllowUsersToChangePassword', arn: undefined, attachedTo: arn })
  }

  #compileDocument(text: string, identity: PolicyIdentity): CompiledPolicy {
    const known = this.#documents.get(text)
    if (known !== undefined) return compilePolicy(known, identity)
    const parsed = parsePolicy(text)
    if (!parsed.ok) throw new UnreadablePolicy(`\`${identity.name}\` attached to \`${identity.attachedTo}\``)
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

/** A pattern that only this very text matches: a path may hold `*`, `?` and `$`. */
function literalPattern(text: string): string {
  return text.replaceAll(/[*?$]/g, (character) => `\${${character}}`)
}
