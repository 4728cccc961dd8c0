/**
 * Cedar, through its own WebAssembly build. Policies are parsed once (`preparsePolicySet`), and there are no entities to look up.
 * A statement becomes one policy: lists of actions are sets, patterns are `like`. Cedar has no variables in patterns, so that
 * the name of the one user stands where `${aws:username}` is.
 */
import { runEngineProgram } from '../../bench/decisions/engine-program.ts'
import { USER_NAME } from '../../bench/decisions/workloads/call-facts.ts'
import { contextOf } from '../../bench/decisions/workloads/context-of.ts'
import type { BenchQuestion, StatementSource } from '../../bench/decisions/workloads/workload.ts'

/** What is used of the package, which is there only where the peers are installed. */
interface Cedar {
  preparsePolicySet(id: string, policies: { readonly staticPolicies: string }): { readonly type: string }
  statefulIsAuthorized(call: Readonly<Record<string, unknown>>): CedarAnswer
}

interface CedarAnswer {
  readonly type: string
  readonly response: { readonly decision: string; readonly diagnostics: { readonly errors: readonly unknown[] } }
}

const PACKAGE: string = '@cedar-policy/cedar-wasm/nodejs'
const { default: cedar }: { readonly default: Cedar } = await import(PACKAGE)

const POLICY_SET = 'the policies of the user'

await runEngineProgram({
  translate: (policies) => policies.flatMap(({ Statement }) => Statement.map(cedarPolicy)).join('\n'),
  compile(staticPolicies) {
    const parsed = cedar.preparsePolicySet(POLICY_SET, { staticPolicies })
    if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed))
    return decide
  },
})

function decide(question: BenchQuestion): boolean {
  const { action, resource, facts } = question
  const context = contextOf(question)
  const answer = cedar.statefulIsAuthorized({
    principal: { type: 'User', id: facts.userName },
    action: { type: 'Action', id: action },
    resource: { type: 'Resource', id: resource },
    context: {
      ...context,
      action,
      resource,
      'aws:sourceip': { __extn: { fn: 'ip', arg: context['aws:sourceip'] } },
    },
    preparsedPolicySetId: POLICY_SET,
    entities: [],
  })
  if (answer.type !== 'success' || answer.response.diagnostics.errors.length > 0) {
    throw new Error(JSON.stringify(answer))
  }
  return answer.response.decision === 'allow'
}

function cedarPolicy(statement: StatementSource): string {
  const { Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, operands]) => conditionText(operator, key.toLowerCase(), operands)),
  )
  const all = [
    Action && actionText(Action),
    NotAction && `!(${actionText(NotAction)})`,
    Resource && likeText('resource', Resource),
    NotResource && `!(${likeText('resource', NotResource)})`,
    ...conditions,
  ].filter((text) => text !== undefined && text !== 'true')
  const when = all.length === 0 ? '' : ` when { ${all.map((text) => `(${text})`).join(' && ')} }`
  return `${Effect === 'Allow' ? 'permit' : 'forbid'}(principal == User::"${USER_NAME}", action, resource)${when};`
}

function actionText(patterns: readonly string[]): string {
  if (patterns.includes('*')) return 'true'
  const exact = patterns.filter((pattern) => !pattern.includes('*'))
  const set = exact.map((name) => `Action::${JSON.stringify(name)}`).join(', ')
  const others = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => like('action', pattern))
  return [...(exact.length === 0 ? [] : [`action in [${set}]`]), ...others].join(' || ')
}

function likeText(key: string, patterns: readonly string[]): string {
  return patterns.includes('*') ? 'true' : patterns.map((pattern) => like(key, pattern)).join(' || ')
}

function like(key: string, pattern: string): string {
  const text = JSON.stringify(pattern.replace('${aws:username}', USER_NAME))
  return pattern.includes('*') ? `context["${key}"] like ${text}` : `context["${key}"] == ${text}`
}

function conditionText(operator: string, key: string, operands: readonly string[]): string {
  const isNegated = operator.includes('Not')
  const one = (operand: string): string =>
    operator.endsWith('IpAddress') ? `context["${key}"].isInRange(ip("${operand}"))` : like(key, operand)
  const any = operands.map(one).join(' || ')
  return isNegated ? `!(context has "${key}") || !(${any})` : `context has "${key}" && (${any})`
}
