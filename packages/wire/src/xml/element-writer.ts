/**
 * XML of output shapes. Each structure's writer is put together once, on first use, with its tags ready; writing then only walks values.
 * Values come from handlers: one of the wrong type is a bug, and throws.
 */
import { formatBase64 } from '../base64.ts'
import { isRecord } from '../record.ts'
import type { ListShape, MapShape, ScalarShape, Shape, StructureShape } from '../shape.ts'
import { escapeText } from './escape-text.ts'
import { formatTime } from './format-time.ts'

/** Writes a value as the element it was made for. */
export type WriteElement = (value: unknown) => string

/** The writer of the element `tag` that has the given shape. An empty list, map or structure becomes an empty element. */
export function elementWriter(tag: string, shape: Shape): WriteElement {
  const content = contentWriter(shape)
  const open = `<${tag}>`
  const close = `</${tag}>`
  const empty = `<${tag}/>`
  return (value) => {
    const text = content(value)
    return text === '' ? empty : open + text + close
  }
}

/** The writer of what stands between the tags. */
function contentWriter(shape: Shape): WriteElement {
  switch (shape.kind) {
    case 'structure':
      return structureWriter(shape)
    case 'list':
      return listWriter(shape)
    case 'map':
      return mapWriter(shape)
    case 'string':
    case 'integer':
    case 'boolean':
    case 'timestamp':
    case 'blob':
      return scalarWriters[shape.kind]
  }
}

const structureWriters = new WeakMap<StructureShape, WriteElement>()

function structureWriter(shape: StructureShape): WriteElement {
  const known = structureWriters.get(shape)
  if (known !== undefined) return known
  const writer = makeStructureWriter(shape)
  structureWriters.set(shape, writer)
  return writer
}

function makeStructureWriter({ name: structure, members }: StructureShape): WriteElement {
  const writers = members.map(({ name, shape, isRequired }) => ({
    name,
    isRequired,
    write: elementWriter(name, shape),
  }))
  return (value) => {
    if (!isRecord(value)) throw mistyped(structure, value)
    let text = ''
    for (const { name, isRequired, write } of writers) {
      const member = value[name]
      if (member !== undefined) text += write(member)
      else if (isRequired) throw new TypeError(`\`${structure}\` lacks \`${name}\``)
    }
    return text
  }
}

function listWriter({ name, element }: ListShape): WriteElement {
  const write = elementWriter('member', element)
  return (value) => {
    if (!Array.isArray(value)) throw mistyped(name, value)
    let text = ''
    for (const item of value) text += write(item)
    return text
  }
}

function mapWriter({ name, key, value: target }: MapShape): WriteElement {
  const writeKey = elementWriter('key', key)
  const writeValue = elementWriter('value', target)
  return (value) => {
    if (!isRecord(value)) throw mistyped(name, value)
    let text = ''
    for (const [entryKey, entryValue] of Object.entries(value)) {
      if (entryValue !== undefined) text += `<entry>${writeKey(entryKey)}${writeValue(entryValue)}</entry>`
    }
    return text
  }
}

const scalarWriters: Readonly<Record<ScalarShape['kind'], WriteElement>> = {
  string: (value) => {
    if (typeof value !== 'string') throw mistyped('string', value)
    return escapeText(value)
  },
  integer: (value) => {
    if (!Number.isSafeInteger(value)) throw mistyped('integer', value)
    return String(value)
  },
  boolean: (value) => {
    if (typeof value !== 'boolean') throw mistyped('boolean', value)
    return value ? 'true' : 'false'
  },
  timestamp: (value) => {
    if (!(value instanceof Date)) throw mistyped('timestamp', value)
    return formatTime(value)
  },
  blob: (value) => {
    if (!(value instanceof Uint8Array)) throw mistyped('blob', value)
    return formatBase64(value)
  },
}

/** The value itself stays out of the message: it may be a secret. */
function mistyped(shape: string, value: unknown): TypeError {
  return new TypeError(`\`${shape}\` cannot be written from a value of type ${value === null ? 'null' : typeof value}`)
}
