import { formatBase64 } from '../base64.ts'
import type { Fault } from '../fault.ts'
import { isRecord, newRecord } from '../record.ts'
import type { OperationModel } from '../service.ts'
import type { Shape, StructureShape } from '../shape.ts'

/** `Content-Type` of awsJson answers. */
export const jsonContentType = 'application/x-amz-json-1.1'

/** The body of a successful awsJson answer: the members of the output shape, times as seconds since the epoch. */
export function encodeJsonResult(operation: OperationModel, output: unknown): string {
  return JSON.stringify(operation.output === undefined ? {} : toJson(operation.output, output))
}

/** The body of a failed awsJson answer. */
export function encodeJsonFault(fault: Fault): string {
  return JSON.stringify({ __type: fault.code, message: fault.message.toWellFormed() })
}

/** What JSON.stringify is to write for a value; a value of the wrong type is a bug, and throws. */
function toJson(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return structureToJson(shape, value)
    case 'list':
      if (!Array.isArray(value)) throw mistyped(shape)
      return value.map((element: unknown) => toJson(shape.element, element))
    case 'map':
      if (!isRecord(value)) throw mistyped(shape)
      return withoutPrototype(
        Object.entries(value).map(([key, entry]) => [key.toWellFormed(), toJson(shape.value, entry)]),
      )
    case 'string':
      if (typeof value !== 'string') throw mistyped(shape)
      return value.toWellFormed()
    case 'integer':
      if (!Number.isSafeInteger(value)) throw mistyped(shape)
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw mistyped(shape)
      return value
    case 'timestamp':
      if (!(value instanceof Date)) throw mistyped(shape)
      return value.getTime() / 1000
    case 'blob':
      if (!(value instanceof Uint8Array)) throw mistyped(shape)
      return formatBase64(value)
  }
}

function structureToJson(shape: StructureShape, value: unknown): object {
  if (!isRecord(value)) throw mistyped(shape)
  const entries: [string, unknown][] = []
  for (const { name, shape: target, isRequired } of shape.members) {
    const member = value[name]
    if (member !== undefined) entries.push([name, toJson(target, member)])
    else if (isRequired) throw new TypeError(`\`${shape.name}\` lacks \`${name}\``)
  }
  return withoutPrototype(entries)
}

function withoutPrototype(entries: readonly (readonly [string, unknown])[]): object {
  const record = newRecord()
  for (const [key, value] of entries) record[key] = value
  return record
}

function mistyped(shape: Shape): TypeError {
  return new TypeError(`a value cannot be written as \`${shape.name}\``)
}
