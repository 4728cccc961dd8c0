/**
 * The AWS SDK's run-time schemas, parsed. They are arrays whose first element is the kind: 0 simple, 1 list, 2 map, 3 structure, 4 union,
 * -3 error, 9 operation; then namespace, name and traits. A bare number is an inlined simple type (0 string, 1 integer, 2 boolean,
 * 4 timestamp, 21 blob), plus 64 for a list of it and 128 for a map to it. A target may be behind a function, and as [target, traits].
 */

/** What a member, element or value is. `name` is AWS's, undefined where the SDK inlined the shape. */
export type Schema =
  | { readonly kind: 'simple'; readonly name: string | undefined; readonly type: string; readonly isSensitive: boolean }
  | { readonly kind: 'list'; readonly name: string | undefined; readonly element: () => Schema }
  | { readonly kind: 'map'; readonly name: string | undefined; readonly value: () => Schema }
  | StructureSchema
  | { readonly kind: 'unit' }

/** A structure or union; the required members come first in `members`. */
export interface StructureSchema {
  readonly kind: 'structure'
  readonly name: string
  readonly isUnion: boolean
  readonly members: readonly string[]
  readonly requiredCount: number
  readonly target: (member: string) => Schema
}

/** An error: its code on the wire and its HTTP status. */
export interface ErrorSchema {
  readonly name: string
  readonly code: string
  readonly status: number
}

/** An operation. */
export interface OperationSchema {
  readonly name: string
  readonly input: Schema
  readonly output: Schema
}

/** The error that an export of the SDK is, if it is one. Throws when it has members other than its message. */
export function readError(value: unknown): ErrorSchema | undefined {
  if (!Array.isArray(value) || value[0] !== -3) return undefined
  const [, , name, traits, members] = list(value)
  if (list(members).some((member) => text(member).toLowerCase() !== 'message'))
    throw new Error(`error \`${text(name)}\` has members`)
  const { awsQueryError, httpError, error } = traitsOf(traits)
  // An error without codes of its own goes by the name of its shape, with 400 or 500 (the defaults of the awsQuery protocol).
  const [code, status] =
    awsQueryError === undefined ? [name, httpError ?? (error === 'server' ? 500 : 400)] : list(awsQueryError)
  return { name: text(name), code: text(code), status: number(status) }
}

/** The operation that an export of the SDK is, if it is one. */
export function readOperation(value: unknown): OperationSchema | undefined {
  if (!Array.isArray(value) || value[0] !== 9) return undefined
  const [, , name, , input, output] = list(value)
  return { name: text(name), input: readSchema(input), output: readSchema(output) }
}

/** A target, wherever it is hidden. */
export function readSchema(value: unknown): Schema {
  if (typeof value === 'function') {
    const target: unknown = Reflect.apply(value, undefined, [])
    return readSchema(target)
  }
  if (typeof value === 'string' && value === 'unit') return { kind: 'unit' }
  if (typeof value === 'number') return readInlined(value)
  const [kind, , name, traits, ...rest] = list(value)
  if (typeof kind !== 'number') return readSchema(kind)
  switch (kind) {
    case 0:
      return { kind: 'simple', name: text(name), type: simpleType(rest[0]), isSensitive: traits === 8 }
    case 1:
      return { kind: 'list', name: text(name), element: () => readSchema(rest[0]) }
    case 2:
      return { kind: 'map', name: text(name), value: () => readSchema(rest[1]) }
    case 3:
    case 4:
      return readStructure(text(name), kind === 4, rest)
    default:
      throw new Error(`schema \`${text(name)}\` is of unknown kind ${kind}`)
  }
}

function readStructure(
  name: string,
  isUnion: boolean,
  [names, targets, requiredCount = 0]: readonly unknown[],
): Schema {
  if (name === 'Unit') return { kind: 'unit' }
  const members = list(names).map(text)
  const target = (member: string): Schema => readSchema(list(targets)[members.indexOf(member)])
  return { kind: 'structure', name, isUnion, members, requiredCount: number(requiredCount), target }
}

function readInlined(schema: number): Schema {
  if (schema >= 128) return { kind: 'map', name: undefined, value: () => readInlined(schema - 128) }
  if (schema >= 64) return { kind: 'list', name: undefined, element: () => readInlined(schema - 64) }
  return { kind: 'simple', name: undefined, type: simpleType(schema), isSensitive: false }
}

const simpleTypes = new Map<unknown, string>([
  [0, 'string'],
  [1, 'integer'],
  [2, 'boolean'],
  [4, 'timestamp'],
  [21, 'blob'],
])

function simpleType(schema: unknown): string {
  const type = simpleTypes.get(schema)
  if (type === undefined) throw new Error(`simple type \`${String(schema)}\` is not known`)
  return type
}

function traitsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`a list was expected, not ${typeof value}`)
  return value
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`a text was expected, not ${typeof value}`)
  return value
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`a number was expected, not ${typeof value}`)
  return value
}
