/** A shape of the published model: what a value looks like and how far it may go. */
export type Shape =
  | StructureShape
  | ListShape
  | MapShape
  | StringShape
  | IntegerShape
  | BooleanShape
  | TimestampShape
  | BlobShape

/** A shape whose value has no parts. */
export type ScalarShape = StringShape | IntegerShape | BooleanShape | TimestampShape | BlobShape

/** Whether a shape's value has no parts. */
export function isScalar(shape: Shape): shape is ScalarShape {
  return shape.kind !== 'structure' && shape.kind !== 'list' && shape.kind !== 'map'
}

const memberShapesOf = new WeakMap<StructureShape, ReadonlyMap<string, Shape>>()

/** The shapes of a structure's members by name; made once per structure. */
export function memberShapes(structure: StructureShape): ReadonlyMap<string, Shape> {
  const known = memberShapesOf.get(structure)
  if (known !== undefined) return known
  const shapes = new Map(structure.members.map((member) => [member.name, member.shape]))
  memberShapesOf.set(structure, shapes)
  return shapes
}

/** Named members in AWS's order; a union has exactly one of them. */
export interface StructureShape {
  readonly kind: 'structure'
  readonly name: string
  readonly members: readonly Member[]
  readonly isUnion: boolean
}

/** A member of a structure under its name on the wire. */
export interface Member {
  readonly name: string
  readonly shape: Shape
  readonly isRequired: boolean
}

/** `min` and `max` count the elements. */
export interface ListShape extends Bounds {
  readonly kind: 'list'
  readonly name: string
  readonly element: Shape
}

/** Keys are strings; `min` and `max` count the entries. */
export interface MapShape extends Bounds {
  readonly kind: 'map'
  readonly name: string
  readonly key: StringShape
  readonly value: Shape
}

/**
 * `min` and `max` count characters (code points); `pattern` is in AWS's spelling (Java) and must match the whole value; `sentence` is what the
 * service says instead of naming the pattern, where it does.
 */
export interface StringShape extends Bounds {
  readonly kind: 'string'
  readonly name: string
  readonly pattern: string | undefined
  readonly sentence: string | undefined
  readonly values: readonly string[] | undefined
  readonly isOpen: boolean
  readonly isSensitive: boolean
}

/** `min` and `max` bound the value; all are 32 bits wide. */
export interface IntegerShape extends Bounds {
  readonly kind: 'integer'
  readonly name: string
}

export interface BooleanShape {
  readonly kind: 'boolean'
  readonly name: string
}

/** A moment, to the second on the wire. */
export interface TimestampShape {
  readonly kind: 'timestamp'
  readonly name: string
}

/** Bytes, base64 on the wire. */
export interface BlobShape {
  readonly kind: 'blob'
  readonly name: string
  readonly isSensitive: boolean
}

interface Bounds {
  readonly min: number | undefined
  readonly max: number | undefined
}

/** A shape as the generated tables have it. */
export interface ShapeTable {
  readonly type: string
  readonly members?: object
  readonly required?: readonly string[]
  readonly union?: boolean
  readonly member?: string
  readonly key?: string
  readonly value?: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly sentence?: string
  readonly enum?: readonly string[]
  readonly open?: boolean
  readonly sensitive?: boolean
}

/** Reads shapes from one service's table on first use; throws where the table names what it does not have. */
export class ShapeReader {
  readonly #tables: ReadonlyMap<string, ShapeTable>
  readonly #read = new Map<string, Shape>()

  constructor(tables: Readonly<Record<string, ShapeTable>>) {
    this.#tables = new Map(Object.entries(tables))
  }

  structure(name: string): StructureShape {
    const shape = this.shape(name)
    if (shape.kind !== 'structure') throw new Error(`shape \`${name}\` is no structure`)
    return shape
  }

  shape(name: string): Shape {
    const known = this.#read.get(name)
    if (known !== undefined) return known
    const shape = this.#shape(name, this.#tables.get(name) ?? { type: name })
    this.#read.set(name, shape)
    return shape
  }

  #shape(name: string, table: ShapeTable): Shape {
    const bounds = { min: table.min, max: table.max }
    switch (table.type) {
      case 'structure':
        return this.#structure(name, table)
      case 'list':
        return { kind: 'list', name, element: this.shape(table.member ?? ''), ...bounds }
      case 'map':
        return {
          kind: 'map',
          name,
          key: this.#string(table.key ?? ''),
          value: this.shape(table.value ?? ''),
          ...bounds,
        }
      case 'string':
        return this.#string(name)
      case 'integer':
        return { kind: 'integer', name, ...bounds }
      case 'blob':
        return { kind: 'blob', name, isSensitive: table.sensitive === true }
      case 'boolean':
        return { kind: 'boolean', name }
      case 'timestamp':
        return { kind: 'timestamp', name }
      default:
        throw new Error(`shape \`${name}\` is not in the model`)
    }
  }

  #structure(name: string, table: ShapeTable): StructureShape {
    const members = Object.entries(table.members ?? {}).map(([member, target]) => ({
      name: member,
      shape: this.shape(String(target)),
      isRequired: table.required?.includes(member) === true,
    }))
    return { kind: 'structure', name, members, isUnion: table.union === true }
  }

  #string(name: string): StringShape {
    const table = this.#tables.get(name)
    return {
      kind: 'string',
      name,
      min: table?.min,
      max: table?.max,
      pattern: table?.pattern,
      sentence: table?.sentence,
      values: table?.enum,
      isOpen: table?.open === true,
      isSensitive: table?.sensitive === true,
    }
  }
}
