/** Providers that many customers share, and the condition keys that tell one customer's tokens from another's. */

export interface ProviderControl {
  /** Those built into IAM, Cognito, and GitHub each have rules of their own. */
  readonly kind: 'builtIn' | 'cognito' | 'gitHub' | 'shared'
  readonly issuer: string
  /** One of them must be in a condition. */
  readonly keys: readonly string[]
}

/** Of a Federated principal, which is a provider's ARN or an issuer's name. Undefined when it asks for nothing. */
export function providerControl(principal: string): ProviderControl | undefined {
  const [, named] = principal.split(':oidc-provider/')
  const issuer = named ?? principal
  // Observed: whatever starts with the name of GitHub's issuer counts as GitHub.
  if (issuer.startsWith(GITHUB))
    return { kind: 'gitHub', issuer, keys: [`${issuer}:sub`, `${issuer}:job_workflow_ref`] }
  const builtIn = BUILT_IN.get(issuer)
  if (builtIn !== undefined) return { kind: 'builtIn', issuer, keys: builtIn.map((claim) => `${issuer}:${claim}`) }
  const key = SHARED.get(issuer)
  if (key === undefined) return undefined
  const keys = [key.includes(':') ? key : `${issuer}:${key}`]
  return { kind: issuer === COGNITO ? 'cognito' : 'shared', issuer, keys }
}

const GITHUB = 'token.actions.githubusercontent.com'
const COGNITO = 'cognito-identity.amazonaws.com'

const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['accounts.google.com', ['aud', 'oaud', 'sub']],
  ['www.amazon.com', ['app_id', 'sub']],
  ['graph.facebook.com', ['app_id', 'sub']],
])

/** The claim, or the whole key (IAM User Guide, "Identity-provider controls for shared OIDC providers", September 2026). */
const SHARED: ReadonlyMap<string, string> = new Map([
  [COGNITO, 'aud'],
  ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'sts:RoleSessionName'],
  ['agent.buildkite.com', 'sub'],
  ['oidc.codefresh.io', 'sub'],
  ['studio.datachain.ai/api', 'sub'],
  ['oidc-configuration.audit-log.githubusercontent.com', 'sub'],
  ['vstoken.actions.githubusercontent.com', 'sub'],
  ['gitlab.com', 'sub'],
  ['rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7', 'sub'],
  ['rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr', 'sub'],
  ['rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg', 'sub'],
  ['rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26', 'sub'],
  ['oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb', 'sub'],
  ['oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu', 'sub'],
  ['api.pulumi.com/oidc', 'aud'],
  ['sandboxes.cloud', 'aud'],
  ['scalr.io', 'sub'],
  ['tokens.cloud.shisho.dev', 'sub'],
  ['app.terraform.io', 'sub'],
  ['proidc.upbound.io', 'sub'],
  ['oidc.vercel.com', 'aud'],
])
