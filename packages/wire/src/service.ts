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
  if (operation === undefined || !isNamed(operation, name)) throw new Error(`operation \`${name}\` is not in the model`)
  return operation
}

function isNamed<N extends OperationName>(operation: OperationModel, name: N): operation is OperationModel<N> {
  return operation.name === name
}

/** The service that an operation belongs to. */
export function getService(name: ServiceName): ServiceModel {
  const service = services.get(name)
  if (service === undefined) throw new Error(`service \`${name}\` is not in the model`)
  return service
}

function readService(name: ServiceName, protocol: ServiceModel['protocol'], table: ServiceTable): ServiceModel {
  const shapes = new ShapeReader(table.shapes)
  const operations = new Map<string, OperationModel>()
  for (const [operation, entry] of Object.entries(table.operations)) {
    if (isOperation(operation))
      operations.set(operation, readOperation(operation, { service: name, table, entry, shapes }))
  }
  return {
    name,
    protocol,
    version: table.version,
    xmlNamespace: table.xmlNamespace,
    targetPrefix: table.targetPrefix,
    operations,
  }
}

/** Types and tables are generated from one model, so that every name of a table is one of the type. */
function isOperation(name: string): name is OperationName {
  return name !== ''
}

interface OperationSource {
  readonly service: ServiceName
  readonly table: ServiceTable
  readonly entry: OperationTable
  readonly shapes: ShapeReader
}

/** An operation that reads its shapes on first use, because a process uses few of the two hundred. */
function readOperation(name: OperationName, { service, table, entry, shapes }: OperationSource): OperationModel {
  let errors: ReadonlyMap<string, number> | undefined
  return {
    name,
    service,
    get input() {
      return entry.input === undefined ? undefined : shapes.structure(entry.input)
    },
    get output() {
      return entry.output === undefined ? undefined : shapes.structure(entry.output)
    },
    get errors() {
      errors ??= new Map([
        ...entry.errors.map((code) => [code, table.errors[code] ?? 400] as const),
        ...Object.entries(table.commonErrors),
      ])
      return errors
    },
  }
}
