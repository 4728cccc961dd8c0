/**
 * Reads the facts of one service from an AWS SDK v3 client. Its schemas are arrays whose first element is the kind:
 * 0 simple, 1 list, 2 map, 3 structure, 4 union, -3 error, 9 operation; a bare number is an inlined simple type (0 string, 1 integer, 2 boolean,
 * 4 timestamp, 21 blob), plus 64 for a list and 128 for a map of it. A structure names its required members first and says how many they are.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** Facts that the SDK does not carry; every name is AWS's own shape name. `null` stands for a simple type without limits. */
export interface Constraints {
  readonly types: Readonly<Record<string, Limits>>
  readonly structures: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  readonly lists: Readonly<Record<string, string | null>>
  readonly maps: Readonly<Record<string, readonly [string | null, string | null]>>
}

/**
 * Length, range or number of members; pattern, and the sentence that the service says of a value which does not match it (where it has one of
 * its own); the values of an enumeration, `open` when the service is known to answer others too.
 */
export interface Limits {
  readonly type: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly sentence?: string
  readonly enum?: readonly string[]
  readonly open?: boolean
}

/** The operations, errors and shapes of one service, as `model/*.json` keeps them. */
export interface ApiFacts {
  readonly operations: Record<string, { input?: string; output?: string; errors: string[] }>
  readonly errors: Record<string, number>
  readonly shapes: Record<string, object>
}

/** Facts of one service; throws when the SDK's enumerations and ours disagree, or a schema is of a kind not known here. */
export function readApiModel(source: {
  readonly exports: object
  readonly declarations: string
  readonly constraints: Constraints
}): ApiFacts {
  const schemas = Object.values(source.exports).filter((value) => Array.isArray(value) && typeof value[0] === 'number')
  const errorCodes = new Map<string, { code: string; status: number }>()
  for (const [kind, , name, traits, members] of schemas) {
    if (kind !== -3) continue
    if (members.some((member: string) => member.toLowerCase() !== 'message'))
      throw new Error(`error \`${name}\` has members: ${members}`)
    // An error without codes of its own goes by the name of its shape, with 400 or 500 (the defaults of the awsQuery protocol).
    const [code, status] = traits.awsQueryError ?? [name, traits.httpError ?? (traits.error === 'server' ? 500 : 400)]
    errorCodes.set(name, { code, status })
  }
  const shapes = new ShapeReader(source.constraints)
  const operations: ApiFacts['operations'] = {}
  for (const [, , name, , input, output] of schemas.filter(([kind]) => kind === 9).sort(byName)) {
    operations[name] = {
      ...reference('input', shapes.structure(input())),
      ...reference('output', shapes.structure(output())),
      errors: thrownBy(source.declarations, name).map((shape) => known(errorCodes, shape).code),
    }
  }
  checkEnumerations(source.declarations, source.constraints)
  const used = new Set(Object.values(operations).flatMap((operation) => operation.errors))
  const statuses = [...errorCodes.values()]
    .filter(({ code }) => used.has(code))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  return {
    errors: Object.fromEntries(statuses.map(({ code, status }) => [code, status])),
    operations,
    shapes: Object.fromEntries([...shapes.read].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

interface StructureFacts {
  type: 'structure'
  members: Record<string, string>
  required?: string[]
  union?: boolean
}

const simpleTypes = new Map([
  [0, 'string'],
  [1, 'integer'],
  [2, 'boolean'],
  [4, 'timestamp'],
  [21, 'blob'],
])

/** Collects the shapes that operations reach, under AWS's names. */
class ShapeReader {
  readonly read = new Map<string, object>()
  readonly #constraints: Constraints

  constructor(constraints: Constraints) {
    this.#constraints = constraints
  }

  /** The name of an operation's input or output, `undefined` where there is none (`Unit`). */
  structure(schema: Schema): string | undefined {
    return Array.isArray(schema) && schema[0] === 3 ? this.#structure(schema) : undefined
  }

  #structure([kind, , name, , members, targets, requiredCount = 0]: readonly [...Schema[]]): string {
    if (this.read.has(name)) return name
    const order = this.#constraints.structures[name]
    if (order === undefined && members.length > 0) console.error(`no order or limits known of structure ${name}`)
    const entry: StructureFacts = { type: 'structure', members: {} }
    this.read.set(name, entry)
    if (kind === 4) entry.union = true
    const unknown = Object.keys(order ?? {}).filter((member) => !members.includes(member))
    if (unknown.length > 0) throw new Error(`structure \`${name}\` has no member \`${unknown.join(', ')}\` in the SDK`)
    const missing = members.filter((member: string) => order !== undefined && !(member in order))
    if (missing.length > 0) console.error(`no order or limits known of ${name}: ${missing.join(', ')}`)
    for (const member of [...Object.keys(order ?? {}), ...(order === undefined ? members : missing)]) {
      entry.members[member] = this.#target(targets[members.indexOf(member)], order?.[member] ?? undefined)
    }
    if (requiredCount > 0)
      entry.required = Object.keys(entry.members).filter((member) => members.indexOf(member) < requiredCount)
    return name
  }

  /** The shape name of a member, list element or map value; `name` is AWS's name for it, where it is known. */
  #target(schema: Schema, name: string | undefined): string {
    if (typeof schema === 'function') return this.#target(schema(), name)
    if (typeof schema === 'number') return this.#inlined(schema, name)
    const [kind, , own, traits, ...rest] = schema
    // A member with traits of its own wraps its target as [target, traits].
    if (typeof kind !== 'number') return this.#target(kind, name)
    switch (kind) {
      case 0:
        return this.#simple(rest[0], { name: own, sensitive: traits === 8 })
      case 1:
        return this.#list(own, rest[0])
      case 2:
        return this.#map(own, rest[1])
      case 3:
      case 4:
        return this.#structure(schema)
      default:
        throw new Error(`schema \`${own}\` is of unknown kind ${kind}`)
    }
  }

  #inlined(schema: number, name: string | undefined): string {
    if (schema >= 128) return this.#map(name ?? 'stringMap', schema - 128)
    if (schema >= 64) return this.#list(name ?? 'stringList', schema - 64)
    return this.#simple(schema, { name, sensitive: false })
  }

  #list(name: string, member: Schema): string {
    const { type: _, ...limits } = this.#constraints.types[name] ?? { type: 'list' }
    this.read.set(name, {
      type: 'list',
      member: this.#target(member, this.#constraints.lists[name] ?? undefined),
      ...limits,
    })
    return name
  }

  #map(name: string, value: Schema): string {
    const [keyName, valueName] = this.#constraints.maps[name] ?? [null, null]
    const { type: _, ...limits } = this.#constraints.types[name] ?? { type: 'map' }
    const key = this.#simple(0, { name: keyName ?? undefined, sensitive: false })
    this.read.set(name, { type: 'map', key, value: this.#target(value, valueName ?? undefined), ...limits })
    return name
  }

  #simple(kind: number, { name, sensitive }: { name: string | undefined; sensitive: boolean }): string {
    const type = simpleTypes.get(kind)
    if (type === undefined) throw new Error(`simple type ${kind} is not known`)
    const limits = name === undefined ? undefined : this.#constraints.types[name]
    if (name === undefined || (limits === undefined && !sensitive)) return type
    if (limits !== undefined && limits.type !== type)
      throw new Error(`\`${name}\` is ${type} in the SDK, ${limits.type} in our constraints`)
    this.read.set(name, { ...(limits ?? { type }), ...(sensitive ? { sensitive } : {}) })
    return name
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- The SDK publishes its schemas as untyped arrays; this file is their parser.
type Schema = any

/** The error shapes that `@throws` lists for an operation, without the service's base class. */
function thrownBy(declarations: string, operation: string): string[] {
  const text = readFileSync(path.join(declarations, 'commands', `${operation}Command.d.ts`), 'utf8')
  const names = [...text.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name)
  return names.filter((name) => !name.endsWith('ServiceException')).sort()
}

/** Compares each enumeration that the SDK declares with ours of the same name; an unknown one is reported, a different one is an error. */
function checkEnumerations(declarations: string, constraints: Constraints): void {
  const folder = path.join(declarations, 'models')
  const file = readdirSync(folder).includes('enums.d.ts') ? readFileSync(path.join(folder, 'enums.d.ts'), 'utf8') : ''
  const ours = new Map(Object.entries(constraints.types).map(([name, limits]) => [name.toLowerCase(), limits.enum]))
  for (const [, name = '', body = ''] of file.matchAll(/declare const (\w+): \{([^}]*)\}/g)) {
    const values = [...body.matchAll(/: "([^"]*)"/g)].map(([, value]) => value).sort()
    const known = ours.get(name.toLowerCase())
    if (known === undefined) console.error(`no enumeration known of ${name}: ${values.join(', ')}`)
    else if ([...known].sort().join() !== values.join())
      throw new Error(`enumeration \`${name}\` differs: ${values.join(', ')}`)
  }
}

function byName(a: Schema, b: Schema): number {
  return a[2] < b[2] ? -1 : 1
}

function reference(key: 'input' | 'output', name: string | undefined): Record<string, string> {
  return name === undefined ? {} : { [key]: name }
}

function known<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key)
  if (value === undefined) throw new Error(`\`${key}\` is not an error of this service`)
  return value
}
