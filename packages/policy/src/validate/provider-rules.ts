/**
 * What a trust policy must ask of the tokens of providers that many customers share: without it, anyone with an account there
 * could assume the role (IAM User Guide, "Identity-provider controls for shared OIDC providers"). Asked when a policy is
 * stored only: AWS lets older ones stand. All recorded with CreateRole.
 */
import { lowerCaseAscii } from '../ascii.ts'
import type { ConditionBlock, PolicyDocument, Statement } from '../document/policy-document.ts'
import { type Report, statementsOf } from './rule.ts'
import { type ProviderControl, providerControl } from './shared-providers.ts'

/** Reports each provider that is trusted without the condition that AWS asks for. */
export function noUnscopedProviders(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    if (statement.effect.value !== 'Allow' || !allowsWebIdentity(statement)) continue
    const asked = askedKeys(statement)
    for (const { type, value } of statement.principal?.principals ?? []) {
      if (type !== 'Federated') continue
      const message = controlFault(value.value, statement, asked)
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

/** What is asked of a key in one block, reckoned once for all principals of the statement. */
interface AskedKey {
  readonly block: ConditionBlock
  readonly name: string
  readonly hasStar: boolean
  /** To GitHub's tokens, what starts with `*` is open too, and so is blank text. */
  readonly isOpenToGitHub: boolean
}

/** By the key's name in lower case. */
type AskedKeys = ReadonlyMap<string, readonly AskedKey[]>

function askedKeys({ conditions }: Statement): AskedKeys {
  const asked = new Map<string, AskedKey[]>()
  for (const block of conditions) {
    for (const { key, values } of block.keys) {
      const texts = values.map(({ value }) => value)
      const hasStar = texts.includes('*')
      const isOpenToGitHub = texts.some((text) => text.startsWith('*') || text.trim() === '')
      const folded = lowerCaseAscii(key.value)
      asked.set(folded, [...(asked.get(folded) ?? []), { block, name: key.value, hasStar, isOpenToGitHub }])
    }
  }
  return asked
}

function controlFault(principal: string, { conditions }: Statement, asked: AskedKeys): string | undefined {
  const control = providerControl(principal)
  if (control === undefined || isScoped(control, asked)) return undefined
  const { issuer, keys, kind } = control
  if (kind === 'builtIn') return `Policy trusting ${issuer} requires a StringEquals condition on an application id`
  if (kind === 'cognito' && conditions.length === 0) {
    return 'A condition block must be present for the Cognito provider'
  }
  return `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all.`
}

const EQUALITIES: ReadonlySet<string> = new Set(['StringEquals', 'StringEqualsIgnoreCase'])
const COMPARISONS: ReadonlySet<string> = new Set([...EQUALITIES, 'StringLike'])

/** One block must name a key, and none of its values for any of the keys may be open; another block cannot spoil it. */
function isScoped({ kind, keys }: ProviderControl, asked: AskedKeys): boolean {
  const named = keys.flatMap((key) => asked.get(lowerCaseAscii(key)) ?? [])
  // Names of keys ignore case everywhere but here.
  if (kind === 'builtIn') return named.some(({ block, name }) => keys.includes(name) && compares(block, EQUALITIES))
  const comparing = named.filter(({ block }) => compares(block, COMPARISONS))
  const open = comparing.filter(({ hasStar, isOpenToGitHub }) => hasStar || (kind === 'gitHub' && isOpenToGitHub))
  const spoilt = new Set(open.map(({ block }) => block))
  return comparing.some(({ block }) => !spoilt.has(block))
}

function compares({ operator }: ConditionBlock, operators: ReadonlySet<string>): boolean {
  return operator !== undefined && !operator.ifExists && operators.has(operator.operator)
}
