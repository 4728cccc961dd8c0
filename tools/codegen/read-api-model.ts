/** The facts of one service: shapes from the AWS SDK's schemas, errors of operations from its declarations, limits from our own file. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { readError, readOperation, type Schema, type StructureSchema } from './read-schema.ts'

/** Facts that the SDK does not carry; every name is AWS's own shape name. `null` stands for a simple type without limits. */
export interface Constraints {
  readonly types: Readonly<Record<string, Limits>>
  readonly structures: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  readonly lists: Readonly<Record<string, string | null>>
  readonly maps: Readonly<Record<string, readonly [string | null, string | null]>>
  /** Members that the SDK calls required and that the service is known to leave out of some answers. */
  readonly leftOut?: Readonly<Record<string, readonly string[]>>
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
  readonly errors: Record<string, number>
  readonly operations: Record<string, { input?: string; output?: string; errors: readonly string[] }>
  readonly shapes: Record<string, object>
}

/** Facts of one service; throws when the SDK's enumerations and ours disagree, or a schema is of a kind not known here. */
export function readApiModel(source: {
  readonly exports: object
  readonly declarations: string
  readonly constraints: Constraints
}): ApiFacts {
  const exported: unknown[] = Object.values(source.exports)
  const errors = new Map(exported.map(readError).flatMap((error) => (error === undefined ? [] : [[error.name, error]])))
  const shapes = new ShapeReader(source.constraints)
  const operations: ApiFacts['operations'] = {}
  const used = new Map<string, number>()
  for (const { name, input, output } of exported.flatMap((value) => readOperation(value) ?? []).toSorted(byName)) {
    const thrown = thrownBy(source.declarations, name).map((shape) => {
      const error = errors.get(shape)
      if (error === undefined) throw new Error(`\`${shape}\` is not an error of this service`)
      used.set(error.code, error.status)
      return error.code
    })
    operations[name] = { ...shapes.reference('input', input), ...shapes.reference('output', output), errors: thrown }
  }
  checkEnumerations(source.declarations, source.constraints)
  return { errors: inOrder(used), operations, shapes: inOrder(shapes.read) }
}

interface StructureFacts {
  type: 'structure'
  members: Record<string, string>
  required?: readonly string[]
  union?: boolean
}

/** Collects the shapes that operations reach, under AWS's names. */
class ShapeReader {
  readonly read = new Map<string, object>()
  readonly #constraints: Constraints

  constructor(constraints: Constraints) {
    this.#constraints = constraints
  }

  /** `{ [key]: name }` of an operation's input or output; nothing where there is none. */
  reference(key: 'input' | 'output', schema: Schema): { input?: string; output?: string } {
    return schema.kind === 'structure' ? { [key]: this.#structure(schema) } : {}
  }

  #structure({ name, isUnion, members, requiredCount, target }: StructureSchema): string {
    if (this.read.has(name)) return name
    const order = this.#order(name, members)
    const facts: StructureFacts = { type: 'structure', members: {} }
    this.read.set(name, facts)
    if (isUnion) facts.union = true
    for (const [member, type] of order) facts.members[member] = this.#target(target(member), type ?? undefined)
    const leftOut = this.#constraints.leftOut?.[name] ?? []
    const required = members.slice(0, requiredCount).filter((member) => !leftOut.includes(member))
    if (requiredCount > 0)
      facts.required = order.map(([member]) => member).filter((member) => required.includes(member))
    return name
  }

  /** The members in AWS's order, each with the name of its type; those that our file lacks come last, and are reported. */
  #order(structure: string, members: readonly string[]): [string, string | null][] {
    const known = Object.entries(this.#constraints.structures[structure] ?? {})
    const gone = known.filter(([member]) => !members.includes(member)).map(([member]) => member)
    if (gone.length > 0) throw new Error(`\`${structure}\` has no member \`${gone.join(', ')}\` in the SDK`)
    const added = members.filter((member) => !known.some(([name]) => name === member))
    if (added.length > 0) console.error(`no order or limits known of ${structure}: ${added.join(', ')}`)
    return [...known, ...added.map((member): [string, null] => [member, null])]
  }

  /** The shape name of a member, element or value; `name` is AWS's name for it where our file has it. */
  #target(schema: Schema, name: string | undefined): string {
    switch (schema.kind) {
      case 'simple':
        return this.#simple({ ...schema, name: schema.name ?? name })
      case 'list':
        return this.#list(schema.name ?? name ?? 'stringList', schema.element())
      case 'map':
        return this.#map(schema.name ?? name ?? 'stringMap', schema.value())
      case 'structure':
        return this.#structure(schema)
      case 'unit':
        throw new Error('a member cannot be of the shape `Unit`')
    }
  }

  #list(name: string, element: Schema): string {
    const member = this.#target(element, this.#constraints.lists[name] ?? undefined)
    this.read.set(name, { ...this.#limits(name, 'list'), member })
    return name
  }

  #map(name: string, target: Schema): string {
    const [keyName, valueName] = this.#constraints.maps[name] ?? [null, null]
    const key = this.#simple({ name: keyName ?? undefined, type: 'string', isSensitive: false })
    const value = this.#target(target, valueName ?? undefined)
    this.read.set(name, { ...this.#limits(name, 'map'), key, value })
    return name
  }

  #simple({ name, type, isSensitive }: { name: string | undefined; type: string; isSensitive: boolean }): string {
    if (name === undefined || (this.#constraints.types[name] === undefined && !isSensitive)) return type
    this.read.set(name, { ...this.#limits(name, type), ...(isSensitive ? { sensitive: true } : {}) })
    return name
  }

  #limits(name: string, type: string): Limits {
    const limits = this.#constraints.types[name] ?? { type }
    if (limits.type !== type) throw new Error(`\`${name}\` is ${type} in the SDK, ${limits.type} in our constraints`)
    return limits
  }
}

/** The error shapes that `@throws` lists for an operation, without the service's base class. */
function thrownBy(declarations: string, operation: string): string[] {
  const text = readFileSync(path.join(declarations, 'commands', `${operation}Command.d.ts`), 'utf8')
  const names = [...text.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name)
  return names.filter((name) => !name.endsWith('ServiceException')).toSorted(compare)
}

/** Compares each enumeration that the SDK declares with ours of the same name; an unknown one is reported, a different one is an error. */
function checkEnumerations(declarations: string, constraints: Constraints): void {
  const folder = path.join(declarations, 'models')
  const file = readdirSync(folder).includes('enums.d.ts') ? readFileSync(path.join(folder, 'enums.d.ts'), 'utf8') : ''
  const ours = new Map(Object.entries(constraints.types).map(([name, limits]) => [name.toLowerCase(), limits.enum]))
  for (const [, name = '', body = ''] of file.matchAll(/declare const (\w+): \{([^}]*)\}/g)) {
    const values = [...body.matchAll(/: "([^"]*)"/g)].map(([, value = '']) => value).toSorted(compare)
    const known = ours.get(name.toLowerCase())
    if (known === undefined) console.error(`no enumeration known of ${name}: ${values.join(', ')}`)
    else if (known.toSorted(compare).join() !== values.join())
      throw new Error(`\`${name}\` differs: ${values.join(', ')}`)
  }
}

function inOrder<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].toSorted(([a], [b]) => compare(a, b)))
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compare(a.name, b.name)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
