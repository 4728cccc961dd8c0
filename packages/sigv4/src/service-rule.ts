/** What one service demands of a signature beyond the algorithm itself. */
export interface ServiceRule {
  /** The service name that the credential scope must carry, such as `iam` or `sts`. */
  readonly service: string
  /** The regions that the scope may name; absent means any, because a client that is given an endpoint URL signs for its own region. */
  readonly regions?: readonly string[]
  /**
   * `normalized` (the default) removes dot segments and repeated slashes before the path is encoded once more, as every service
   * but S3 does; `verbatim` takes the path as received, escapes decoded and encoded once, as S3 does.
   */
  readonly path?: 'normalized' | 'verbatim'
  /**
   * `fixed` (the default) gives a presigned request the 15 minutes of any other, whatever X-Amz-Expires says, as IAM and STS do;
   * `expires` demands X-Amz-Expires and ends the request's life with it, as S3 does.
   */
  readonly presignedLifetime?: 'fixed' | 'expires'
}
