/**
 * casbin. A statement becomes one policy line; the three questions of a statement are functions of the model, made ready when
 * the policies are loaded, so that no pattern is parsed while deciding.
 */
import { BlockList } from 'node:net'
import { runEngineProgram } from '../../bench/decisions/engine-program.ts'
import { USER_NAME } from '../../bench/decisions/workloads/call-facts.ts'
import { contextOf } from '../../bench/decisions/workloads/context-of.ts'
import type { StatementSource } from '../../bench/decisions/workloads/workload.ts'

/** What is used of the package, which is there only where the peers are installed. */
interface Casbin {
  newModelFromString(text: string): unknown
  newEnforcer(model: unknown): Promise<Enforcer>
}

interface Enforcer {
  addFunction<Value>(name: string, test: (value: Value, text: string) => boolean): Promise<void>
  addPolicies(lines: readonly Line[]): Promise<boolean>
  enforceSync(action: string, resource: string, context: Context): boolean
}

type Line = readonly [action: string, resource: string, condition: string, effect: string]
type Context = Readonly<Record<string, string>>
type Test<Value> = (value: Value) => boolean

interface ListElement {
  readonly patterns: readonly string[]
  readonly isComplement: boolean
}

const PACKAGE: string = 'casbin'
const casbin: Casbin = await import(PACKAGE)

const MODEL = `
[request_definition]
r = act, res, ctx

[policy_definition]
p = act, res, cond, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = actionMatches(r.act, p.act) && resourceMatches(r.res, p.res) && conditionsHold(r.ctx, p.cond)
`

await runEngineProgram<readonly Line[]>({
  translate: (policies) => policies.flatMap(({ Statement }) => Statement.map(line)),
  async compile(lines) {
    const texts = new Map<string, Test<string>>()
    const conditions = new Map<string, Test<Context>>()
    for (const [action, resource, condition] of lines) {
      for (const text of [action, resource]) texts.set(text, textTest(text))
      conditions.set(condition, conditionsTest(condition))
    }
    const enforcer = await casbin.newEnforcer(casbin.newModelFromString(MODEL))
    await enforcer.addFunction('actionMatches', (action: string, text) => texts.get(text)?.(action) ?? false)
    await enforcer.addFunction('resourceMatches', (resource: string, text) => texts.get(text)?.(resource) ?? false)
    await enforcer.addFunction('conditionsHold', (context: Context, text) => conditions.get(text)?.(context) ?? false)
    if (!(await enforcer.addPolicies(lines))) throw new Error('casbin did not take the policies')
    return (question) => enforcer.enforceSync(question.action, question.resource, contextOf(question))
  },
})

/** A line is text: an element is written as JSON, which is also its name among what is made ready. */
function line(
  { Effect, Action, NotAction, Resource, NotResource, Condition = {} }: StatementSource,
  index: number,
): Line {
  return [
    JSON.stringify({ patterns: Action ?? NotAction, isComplement: Action === undefined }),
    JSON.stringify({ patterns: Resource ?? NotResource, isComplement: Resource === undefined }),
    // casbin keeps no two equal lines.
    JSON.stringify({ Condition, index }),
    Effect.toLowerCase(),
  ]
}

function textTest(text: string): Test<string> {
  const { patterns, isComplement }: ListElement = JSON.parse(text)
  const matches = anyOf(patterns)
  return (value) => matches(value) !== isComplement
}

function anyOf(patterns: readonly string[]): Test<string> {
  const tests = patterns.map(patternTest)
  return (text) => tests.some((test) => test(text))
}

function patternTest(pattern: string): Test<string> {
  const text = pattern.replace('${aws:username}', USER_NAME)
  if (text === '*') return () => true
  if (!text.includes('*')) return (value) => value === text
  const expression = new RegExp(`^${text.split('*').map(escaped).join('.*')}$`, 's')
  return (value) => expression.test(value)
}

function conditionsTest(text: string): Test<Context> {
  const { Condition }: Pick<Required<StatementSource>, 'Condition'> = JSON.parse(text)
  const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, operands]) => conditionTest(operator, key.toLowerCase(), operands)),
  )
  return (context) => tests.every((test) => test(context))
}

function conditionTest(operator: string, key: string, operands: readonly string[]): Test<Context> {
  const matches = operator.endsWith('IpAddress') ? addressTest(operands) : anyOf(operands)
  const isNegated = operator.includes('Not')
  return (context) => {
    const value = context[key]
    return value === undefined ? isNegated : matches(value) !== isNegated
  }
}

function addressTest(ranges: readonly string[]): Test<string> {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', length] = range.split('/')
    list.addSubnet(address, Number(length))
  }
  return (address) => list.check(address)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
