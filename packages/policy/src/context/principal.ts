/** Who asks for access. Account numbers have 12 digits, ARNs are whole, ids have AWS's prefixes. */
export type Principal =
  /** A request without credentials. */
  | { readonly kind: 'anonymous' }
  | RootUser
  | User
  | RoleSession
  | FederatedUser
  /** An AWS service that calls for itself, such as `ec2.amazonaws.com`. */
  | { readonly kind: 'service'; readonly name: string }
  /** Who asks AssumeRoleWithSAML or AssumeRoleWithWebIdentity: a provider's ARN, or a name such as `accounts.google.com`. */
  | { readonly kind: 'federated'; readonly provider: string }

/** A principal that belongs to an account, and so has policies of its own. */
export type AccountPrincipal = RootUser | User | RoleSession | FederatedUser

interface InAccount {
  readonly accountId: string
  /** The account's name in policies of S3. */
  readonly canonicalUserId?: string | undefined
  /** The account manages its organization, whose service control policies then do not apply to it. */
  readonly isManagementAccount?: boolean | undefined
}

interface RootUser extends InAccount {
  readonly kind: 'root'
}

interface User extends InAccount {
  readonly kind: 'user'
  readonly arn: string
  /** `AIDA...`. */
  readonly id: string
}

interface RoleSession extends InAccount {
  readonly kind: 'roleSession'
  /** `arn:aws:sts::A:assumed-role/ROLE/SESSION`. */
  readonly arn: string
  readonly roleArn: string
  /** `AROA...`. */
  readonly roleId: string
  /** No control policy of an organization applies to service-linked roles. */
  readonly isServiceLinked?: boolean | undefined
}

/** A session of GetFederationToken. */
interface FederatedUser extends InAccount {
  readonly kind: 'federatedUser'
  /** `arn:aws:sts::A:federated-user/NAME`. */
  readonly arn: string
  /** The user whose keys asked for the session; absent when it was the root user. */
  readonly userArn?: string | undefined
  readonly userId?: string | undefined
}

/** Throws for a principal of the wrong shape: what has no name could not be named by a Deny either. */
export function assertPrincipal(principal: Principal): void {
  switch (principal.kind) {
    case 'anonymous':
      return
    case 'service':
      return assertName(principal.name)
    case 'federated':
      return assertName(principal.provider)
    case 'root':
      return assertName(principal.accountId)
    case 'user':
      assertName(principal.accountId)
      assertName(principal.arn)
      return assertName(principal.id)
    case 'roleSession':
      assertName(principal.accountId)
      assertName(principal.arn)
      assertName(principal.roleArn)
      return assertName(principal.roleId)
    case 'federatedUser':
      // Without its user's ARN it would pass for a session of the root user.
      if (principal.userArn !== undefined || principal.userId !== undefined) assertName(principal.userArn)
      assertName(principal.accountId)
      return assertName(principal.arn)
    default:
      throw new TypeError('principal of a request has an unknown kind')
  }
}

function assertName(name: unknown): void {
  if (typeof name !== 'string' || name === '') throw new TypeError('principal of a request lacks a name')
}
