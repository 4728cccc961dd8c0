/** One HTTP/1.1 request as it came off the wire; every string holds one byte per character (latin1), as node:http delivers them. */
export interface HttpRequest {
  readonly method: string
  /** The raw request target: path and query, undecoded. */
  readonly target: string
  /** Name, value, name, value ... exactly as received (node's `rawHeaders`). */
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array
}

/** The names of all header fields in order of arrival, lower-case: entry `i` belongs to the value `rawHeaders[2 * i + 1]`. */
export function headerNames(rawHeaders: readonly string[]): string[] {
  const names: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) names.push((rawHeaders[index] ?? '').toLowerCase())
  return names
}

/** The path and the query of a request target; both may be empty. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?')
  return mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}
