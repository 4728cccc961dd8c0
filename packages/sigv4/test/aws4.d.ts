// The part of aws4 1.13 that the tests use; the package has no types of its own.
declare module 'aws4' {
  interface Aws4Request {
    readonly host: string
    readonly path: string
    readonly method: string
    readonly service: string
    readonly region: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string | Buffer
    readonly signQuery?: boolean
    readonly extraHeadersToInclude?: Readonly<Record<string, true>>
  }
  interface Aws4Credentials {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  interface Aws4Signed {
    readonly path: string
    readonly headers: Readonly<Record<string, string | number>>
  }
  const aws4: { readonly sign: (request: Aws4Request, credentials: Aws4Credentials) => Aws4Signed }
  export = aws4
}
