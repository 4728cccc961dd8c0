/** Who is calling, as proved by a verified signature. */
export interface RootPrincipal {
  readonly kind: 'root'
  readonly accountId: string
  readonly arn: string
  /** The account number: what aws:userid is for the root user. */
  readonly id: string
  readonly accessKeyId: string
}

export interface UserPrincipal {
  readonly kind: 'user'
  readonly accountId: string
  readonly arn: string
  /** Unique id, AIDA…. */
  readonly id: string
  readonly name: string
  readonly accessKeyId: string
}

export type Principal = RootPrincipal | UserPrincipal
