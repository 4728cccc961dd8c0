import { lowerCaseAscii } from '../../ascii.ts'
import type { PolicyDocument, Statement } from '../../document/policy-document.ts'
import { type Report, statementsOf } from '../rule.ts'
import { providerControl } from '../shared-providers.ts'
import { advice, namedKeys } from './places.ts'

/**
 * Everyone whose token an issuer signs for the audience can assume the role, when nothing is asked of the subject. Of issuers
 * that many share, AWS asks it itself.
 */
export function webIdentitiesNeedSubject(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.effect.value !== 'Allow' || !namesWebIdentity(statement)) continue
    const keys = namedKeys(statement)
    for (const { type, value } of statement.principal?.principals ?? []) {
      const issuer = issuerOf(value.value)
      if (type !== 'Federated' || issuer === undefined || providerControl(value.value) !== undefined) continue
      if (keys.has(lowerCaseAscii(`${issuer}:sub`))) continue
      const message = `anyone with a token of \`${issuer}\` can assume the role: add a condition on \`${issuer}:sub\``
      report(advice('WebIdentityWithoutSubject', message, { text: value, path: `${path}.Principal.Federated` }))
    }
  }
}

function namesWebIdentity({ action }: Statement): boolean {
  return action?.values.some(({ value }) => lowerCaseAscii(value) === 'sts:assumerolewithwebidentity') ?? false
}

/** Of an OpenID Connect provider's ARN; a SAML provider has none. */
function issuerOf(principal: string): string | undefined {
  return principal.split(':oidc-provider/')[1]
}
