import type { CommonErrors, Operations } from './generated/operations.ts'
import iam from './generated/iam.json' with { type: 'json' }
import iamd from './generated/iamd.json' with { type: 'json' }
import sts from './generated/sts.json' with { type: 'json' }
import { ShapeReader, type ShapeTable, type StructureShape } from './shape.ts'

/** The services that share one port; the name is the one in a signature's scope. */
export type ServiceName = keyof CommonErrors

/** The name of an operation; no two services share one. */
export type OperationName = keyof Operations

/** What an operation takes, once decoded and validated. */
export type Input<N extends OperationName> = Operations[N]['input']

/** What an operation answers. */
export type Output<N extends OperationName> = Operations[N]['output']

/** The error codes that an operation may answer: its own, and those of every operation of its service. */
export type ErrorCode<N extends OperationName> = Operations[N]['error'] | CommonErrors[Operations[N]['service']]

/** An operation as the model has it; `errors` gives the HTTP status of each code it may answer, those of every operation included. */
export interface OperationModel<N extends OperationName = OperationName> {
  readonly name: N
  readonly service: ServiceName
  readonly input: StructureShape | undefined
  readonly output: StructureShape | undefined
  readonly errors: ReadonlyMap<string, number>
}

/** A service as the model has it; `xmlNamespace` belongs to awsQuery, `targetPrefix` (of X-Amz-Target) to awsJson. */
export interface ServiceModel {
  readonly name: ServiceName
  readonly protocol: 'awsQuery' | 'awsJson1.1'
  readonly version: string
  readonly xmlNamespace: string | undefined
  readonly targetPrefix: string | undefined
  readonly operations: ReadonlyMap<string, OperationModel>
}

interface ServiceTable {
  readonly version: string
  readonly xmlNamespace?: string
  readonly targetPrefix?: string
  readonly commonErrors: Readonly<Record<string, number>>
  readonly errors: Readonly<Record<string, number>>
  readonly operations: Readonly<Record<string, OperationTable>>
  readonly shapes: Readonly<Record<string, ShapeTable>>
}

interface OperationTable {
  readonly input?: string
  readonly output?: string
  readonly errors: readonly string[]
}

/** Every service by its name. */
export const services: ReadonlyMap<ServiceName, ServiceModel> = new Map([
  ['iam', readService('iam', 'awsQuery', iam)],
  ['sts', readService('sts', 'awsQuery', sts)],
  ['iamd', readService('iamd', 'awsJson1.1', iamd)],
])

const byName = new Map([...services.values()].flatMap((service) => [...service.operations]))

/** The model of an operation whose name the program knows. */
export function getOperation<N extends OperationName>(name: N): OperationModel<N> {
  const operation = byName.get(name)
  if (operation === undefined) throw new Error(`operation \`${name}\` is not in the model`)
  return operation as OperationModel<N> // The table's key is the name, which TypeScript cannot see through a Map.
}

/** The service that an operation belongs to. */
export function getService(name: ServiceName): ServiceModel {
  const service = services.get(name)
  if (service === undefined) throw new Error(`service \`${name}\` is not in the model`)
  return service
}

function readService(name: ServiceName, protocol: ServiceModel['protocol'], table: ServiceTable): ServiceModel {
  const shapes = new ShapeReader(table.shapes)
  const entries = Object.entries(table.operations).map(([operation, entry]) => {
    const model = new TableOperation(name, operation as OperationName, { table, entry, shapes }) // The types come from the same file.
    return [operation, model] as const
  })
  return {
    name,
    protocol,
    version: table.version,
    xmlNamespace: table.xmlNamespace,
    targetPrefix: table.targetPrefix,
    operations: new Map(entries),
  }
}

/** An operation that reads its shapes on first use, because a process uses few of the two hundred. */
class TableOperation implements OperationModel {
  readonly service: ServiceName
  readonly name: OperationName
  readonly #source: { readonly table: ServiceTable; readonly entry: OperationTable; readonly shapes: ShapeReader }
  #errors: ReadonlyMap<string, number> | undefined

  constructor(
    service: ServiceName,
    name: OperationName,
    source: { readonly table: ServiceTable; readonly entry: OperationTable; readonly shapes: ShapeReader },
  ) {
    this.service = service
    this.name = name
    this.#source = source
  }

  get input(): StructureShape | undefined {
    const { entry, shapes } = this.#source
    return entry.input === undefined ? undefined : shapes.structure(entry.input)
  }

  get output(): StructureShape | undefined {
    const { entry, shapes } = this.#source
    return entry.output === undefined ? undefined : shapes.structure(entry.output)
  }

  get errors(): ReadonlyMap<string, number> {
    if (this.#errors !== undefined) return this.#errors
    const { table, entry } = this.#source
    const own = entry.errors.map((code) => [code, table.errors[code] ?? 400] as const)
    this.#errors = new Map([...own, ...Object.entries(table.commonErrors)])
    return this.#errors
  }
}
