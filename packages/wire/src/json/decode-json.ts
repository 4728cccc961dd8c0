/**
 * awsJson 1.1 decoding, along the input shape: members that the model does not know are ignored, null counts as absent, and every value is
 * copied into a fresh object under the model's names, so a name such as `__proto__` has no effect. Sentences are those of AWS's JSON services.
 */
import { parseBase64 } from '../base64.ts'
import { Fault } from '../fault.ts'
import { isRecord, newRecord } from '../record.ts'
import type { Input, OperationModel, OperationName } from '../service.ts'
import type { ListShape, MapShape, Shape, StructureShape } from '../shape.ts'

/** Decodes a JSON body into the input of an operation; an empty body is an empty object. Throws a Fault (SerializationException). */
export function decodeJson<N extends OperationName>(operation: OperationModel<N>, body: Uint8Array): Input<N> {
  const value = body.length === 0 ? {} : parseBody(body)
  const input = readStructure(operation.input, value)
  return input
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch (cause) {
    throw new Fault('SerializationException', '', { status: 400, cause })
  }
}

function read(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, value)
    case 'list':
      return readList(shape, value)
    case 'map':
      return readMap(shape, value)
    case 'string':
      if (typeof value !== 'string') throw refusal(value, 'a String')
      return value
    case 'integer':
      if (!isInteger(value)) throw refusal(value, 'an Integer')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw refusal(value, 'a Boolean')
      return value
    case 'timestamp':
      return readTimestamp(value)
    case 'blob':
      return readBlob(value)
  }
}

function readStructure(shape: StructureShape | undefined, value: unknown): object {
  if (!isObject(value)) throw refusal(value, 'a structure')
  const structure: Record<string, unknown> = {}
  for (const { name, shape: target } of shape?.members ?? []) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (member !== undefined && member !== null) structure[name] = read(target, member)
  }
  return structure
}

/** More elements than any list of the model may have. */
const elementsMax = 1000

function readList(shape: ListShape, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refusal(value, 'a list')
  if (value.length > elementsMax) throw serializationFault(`A list has more than ${elementsMax} elements`)
  return value.map((element: unknown) => (element === null ? undefined : read(shape.element, element)))
}

function readMap(shape: MapShape, value: unknown): object {
  if (!isObject(value)) throw refusal(value, 'a map')
  const entries = Object.entries(value)
  if (entries.length > elementsMax) throw serializationFault(`A map has more than ${elementsMax} entries`)
  const record = newRecord()
  for (const [key, entry] of entries) record[key] = entry === null ? undefined : read(shape.value, entry)
  return record
}

/** Seconds since the epoch, possibly with a fraction. */
function readTimestamp(value: unknown): Date {
  const time = new Date(typeof value === 'number' ? Math.round(value * 1000) : Number.NaN)
  if (Number.isNaN(time.getTime())) throw refusal(value, 'a Timestamp')
  return time
}

function readBlob(value: unknown): Uint8Array {
  const bytes = typeof value === 'string' ? parseBase64(value) : undefined
  if (bytes === undefined) throw refusal(value, 'a Blob')
  return bytes
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && !Array.isArray(value)
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31
}

/** AWS's words for a value of the wrong kind. */
function refusal(value: unknown, wanted: string): Fault {
  if (Array.isArray(value)) return serializationFault('Start of list found where not expected')
  if (isObject(value)) return serializationFault('Start of structure or map found where not expected.')
  const kind = valueKinds.get(typeof value)
  return serializationFault(kind === undefined ? '' : `${kind} can not be converted to ${wanted}`)
}

const valueKinds = new Map([
  ['string', 'STRING_VALUE'],
  ['number', 'NUMBER_VALUE'],
  ['boolean', 'BOOLEAN_VALUE'],
])

function serializationFault(message: string): Fault {
  return new Fault('SerializationException', message, { status: 400 })
}
