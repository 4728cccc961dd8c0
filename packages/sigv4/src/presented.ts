import type { CredentialScope } from './credential-scope.ts'

/** A signature and the claims that came with it: grammar is checked, nothing is proved yet. */
export interface PresentedSignature {
  readonly kind: 'signed'
  readonly location: 'header' | 'query'
  readonly accessKeyId: string
  readonly scope: CredentialScope
  readonly signedAt: Date
  /** The signing time exactly as received, `YYYYMMDDTHHMMSSZ`; it is part of the string to sign. */
  readonly amzDate: string
  /** Lower-case, strictly ascending, never empty. */
  readonly signedHeaders: readonly string[]
  /** 64 lower-case hexadecimal digits. */
  readonly signature: string
  readonly sessionToken: string | undefined
  /** 1 to 604800, from X-Amz-Expires; undefined in the header form and where a presigned request has none. */
  readonly expiresSeconds: number | undefined
}

/** What a request presents as its authentication: nothing, or one signature in one place. */
export type Presented = { readonly kind: 'unsigned' } | PresentedSignature
