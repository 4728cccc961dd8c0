import path from 'node:path'

import { readList, readObject, readOptional, readRecord } from './json-shape.ts'
import { readText, shownPath, type PolicyFile } from './policy-file.ts'
import type { PolicySources } from './policy-sources.ts'

const members = [
  'identity',
  'group',
  'boundary',
  'session',
  'serviceControl',
  'resourceControl',
  'resource',
  'endpoint',
] as const

type Read<T> = (value: unknown, place: string) => T

/** Reads the policies that a file names by paths relative to itself, or holds as they are. Each file is read once. */
export class SourceReader {
  readonly #owner: string
  readonly #read = new Map<string, Promise<PolicyFile>>()

  constructor(owner: string) {
    this.#owner = owner
  }

  /** Absolute paths of what was read. */
  get files(): readonly string[] {
    return [...this.#read.keys()]
  }

  /** Throws `ShapeError`, or wrong usage for a file that cannot be read. */
  async read(value: unknown, place: string): Promise<PolicySources> {
    const given = readObject(value, place, members)
    const one: Read<Promise<PolicyFile>> = (policy, at) => this.#policy(policy, at)
    const some: Read<Promise<PolicyFile[]>> = (list, at) => Promise.all(readList(list, at, one))
    const levels: Read<Promise<PolicyFile[][]>> = (list, at) => Promise.all(readList(list, at, some))
    const at = <T>(member: (typeof members)[number], read: Read<Promise<T>>): Promise<T> | undefined =>
      readOptional(given[member], `${place}.${member}`, read)
    const sources = {
      identity: await at('identity', some),
      group: await at('group', some),
      boundary: await at('boundary', one),
      session: await at('session', some),
      serviceControl: await at('serviceControl', levels),
      resourceControl: await at('resourceControl', levels),
      resource: await at('resource', one),
      endpoint: await at('endpoint', one),
    }
    return sources
  }

  #policy(value: unknown, place: string): Promise<PolicyFile> {
    if (typeof value === 'string') return this.#file(path.resolve(path.dirname(this.#owner), value))
    const text = JSON.stringify(readRecord(value, place))
    return Promise.resolve({ name: `${shownPath(this.#owner)} ${place}`, text, hasLines: false })
  }

  #file(file: string): Promise<PolicyFile> {
    const known = this.#read.get(file)
    if (known !== undefined) return known
    const read = readText(file).then((text) => ({ name: shownPath(file), text, hasLines: true }))
    this.#read.set(file, read)
    return read
  }
}
