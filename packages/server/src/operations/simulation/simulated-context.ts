/** The condition keys of a simulation: those that the request gives, and those that the simulator makes up for its caller. */
import {
  type ContextValue,
  type ContextValueType,
  isContextValue,
  lowerCaseAscii,
  type RequestContext,
} from '@iamd/policy'
import type { ContextEntry, Fault } from '@iamd/wire'

type MakeError = (code: 'InvalidInput', message: string) => Fault

/** Values by key in lower case. */
export type GivenContext = ReadonlyMap<string, ContextValue>

/** What the entries of a request say, each checked for its type. Sentences are observed. */
export function readContextEntries(entries: readonly ContextEntry[], error: MakeError): GivenContext {
  const given = new Map<string, ContextValue>()
  for (const entry of entries) {
    // Observed: an entry that says nothing at all is passed over.
    if (Object.values(entry).every((member) => member === undefined)) continue
    const { ContextKeyName: name = '' } = entry
    if (name === '') throw error('InvalidInput', 'ContextKeyName cannot be null or empty.')
    const key = lowerCaseAscii(name)
    if (given.has(key)) throw error('InvalidInput', `Duplicate context key: ${name}.`)
    given.set(key, valueOf(name, entry, error))
  }
  return given
}

/** What conditions are asked of: what the request gives goes before what the simulator says of its own. */
export function simulatedContext(given: GivenContext, defaults: GivenContext): RequestContext {
  return { get: (key) => given.get(key) ?? defaults.get(key) }
}

type EntryType = NonNullable<ContextEntry['ContextKeyType']>

const TYPES: Readonly<Record<EntryType, { readonly type: ContextValueType; readonly isList: boolean }>> = {
  string: { type: 'string', isList: false },
  stringList: { type: 'string', isList: true },
  numeric: { type: 'numeric', isList: false },
  numericList: { type: 'numeric', isList: true },
  boolean: { type: 'boolean', isList: false },
  booleanList: { type: 'boolean', isList: true },
  ip: { type: 'ip', isList: false },
  ipList: { type: 'ip', isList: true },
  binary: { type: 'binary', isList: false },
  binaryList: { type: 'binary', isList: true },
  date: { type: 'date', isList: false },
  dateList: { type: 'date', isList: true },
}

const FORMATS: Readonly<Record<ContextValueType, string>> = {
  string: 'string',
  boolean: 'boolean',
  numeric: 'numeric format',
  date: 'DateTime format',
  ip: 'IP address',
  binary: 'base-64 encoded binary format',
}

function valueOf(
  name: string,
  { ContextKeyType, ContextKeyValues = [] }: ContextEntry,
  error: MakeError,
): ContextValue {
  if (ContextKeyType === undefined) throw error('InvalidInput', `Context key ${name} has invalid type null.`)
  const { type, isList } = TYPES[ContextKeyType]
  if (ContextKeyValues.length === 0) {
    throw error('InvalidInput', `Context values for context key ${name} cannot be null or empty.`)
  }
  if (!isList && ContextKeyValues.length > 1) {
    // AWS's sentence has the type where one would expect the name.
    const message = `Context key ${ContextKeyType} expected a single value, but received ${ContextKeyValues.length}.`
    throw error('InvalidInput', message)
  }
  for (const text of ContextKeyValues) {
    if (isContextValue(type, text)) continue
    throw error('InvalidInput', `Invalid context value for key ${name}: expected ${FORMATS[type]}.`)
  }
  const values = type === 'boolean' ? ContextKeyValues.map(booleanText) : ContextKeyValues
  const [only = ''] = values
  return isList ? values : only
}

/** Observed: any text is a boolean, and what is not `true` in some case is false. */
function booleanText(text: string): string {
  return String(lowerCaseAscii(text) === 'true')
}
