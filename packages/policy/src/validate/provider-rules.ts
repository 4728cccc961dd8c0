/**
 * What a trust policy must ask of the tokens of providers that many customers share: without it, anyone with an account there
 * could assume the role (IAM User Guide, "Identity-provider controls for shared OIDC providers"). Asked when a policy is
 * stored only: AWS lets older ones stand. All recorded with CreateRole.
 */
import { lowerCaseAscii } from '../ascii.ts'
import type { ConditionBlock, ConditionKey, PolicyDocument, Statement } from '../document/policy-document.ts'
import { type Report, statementsOf } from './rule.ts'
import { type ProviderControl, providerControl } from './shared-providers.ts'

export function noUnscopedProviders(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.effect.value !== 'Allow' || !allowsWebIdentity(statement)) continue
    for (const { type, value } of statement.principal?.principals ?? []) {
      if (type !== 'Federated') continue
      const message = controlFault(value.value, statement)
      if (message === undefined) continue
      const detail = `the tokens of \`${value.value}\` are everyone's, and no condition says whose may assume the role`
      report({ code: 'UnscopedProvider', message, detail, offset: value.offset, path: `${path}.Principal.Federated` })
    }
  }
}

function allowsWebIdentity({ action }: Statement): boolean {
  if (action === undefined) return false
  const isNamed = action.values.some(({ value }) => lowerCaseAscii(value) === 'sts:assumerolewithwebidentity')
  return isNamed !== action.isComplement
}

function controlFault(principal: string, { conditions }: Statement): string | undefined {
  const control = providerControl(principal)
  if (control === undefined || conditions.some((block) => scopes(block, control))) return undefined
  const { issuer, keys, kind } = control
  if (kind === 'builtIn') return `Policy trusting ${issuer} requires a StringEquals condition on an application id`
  if (kind === 'cognito' && conditions.length === 0) {
    return 'A condition block must be present for the Cognito provider'
  }
  return `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all.`
}

const EQUALITIES: ReadonlySet<string> = new Set(['StringEquals', 'StringEqualsIgnoreCase'])

/** One block must name a key, and none of its values for any of the keys may be open; another block cannot spoil it. */
function scopes({ operator, keys }: ConditionBlock, control: ProviderControl): boolean {
  if (operator === undefined || operator.ifExists) return false
  if (control.kind === 'builtIn') {
    // Names of keys ignore case everywhere but here.
    return EQUALITIES.has(operator.operator) && keys.some(({ key }) => control.keys.includes(key.value))
  }
  if (!EQUALITIES.has(operator.operator) && operator.operator !== 'StringLike') return false
  const wanted = new Set(control.keys.map(lowerCaseAscii))
  const named = keys.filter(({ key }) => wanted.has(lowerCaseAscii(key.value)))
  return named.length > 0 && !named.some((key) => hasOpenValue(key, control))
}

/** A lone `*` is open, whatever the operator; to GitHub's tokens so is what starts with `*`, and blank text. */
function hasOpenValue({ values }: ConditionKey, { kind }: ProviderControl): boolean {
  return values.some(({ value }) => {
    return value === '*' || (kind === 'gitHub' && (value.startsWith('*') || value.trim() === ''))
  })
}
