/** The parts of the ARN of a user, group or role. */
export interface EntityArn {
  readonly kind: 'user' | 'group' | 'role'
  readonly accountId: string
  /** Without the path. */
  readonly name: string
}

const ENTITY_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):(user|group|role)\/(?:[\x21-\x7e]*\/)?([\w+=,.@-]+)$/

/** Undefined for any other text; the root user and sessions are none of these. */
export function parseEntityArn(arn: string): EntityArn | undefined {
  const [, accountId, kind, name] = ENTITY_ARN.exec(arn) ?? []
  if (accountId === undefined || name === undefined) return undefined
  return kind === 'user' || kind === 'group' || kind === 'role' ? { kind, accountId, name } : undefined
}
