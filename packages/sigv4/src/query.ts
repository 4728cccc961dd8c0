import { decodeQueryText, percentEncode } from './percent-encoding.ts'

/** One parameter of a query string, decoded; one byte per character. */
export interface QueryParameter {
  readonly name: string
  readonly value: string
}

/** The parameters of a raw query string in order of arrival; throws MalformedQueryString where an escape is broken. */
export function parseQuery(query: string): QueryParameter[] {
  const parameters: QueryParameter[] = []
  if (query === '') return parameters
  for (const part of query.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = equals === -1 ? part : part.slice(0, equals)
    const value = equals === -1 ? '' : part.slice(equals + 1)
    parameters.push({ name: decodeQueryText(name), value: decodeQueryText(value) })
  }
  return parameters
}

/** Parameters encoded, sorted by encoded name and then by encoded value, and joined (AWS: "Create a canonical request", step 3). */
export function canonicalQuery(parameters: readonly QueryParameter[]): string {
  const encoded = parameters.map(({ name, value }) => ({ name: percentEncode(name), value: percentEncode(value) }))
  // All characters are ASCII by now, so comparing code units is comparing bytes. The name is compared on its own:
  // `a` sorts before `a-`, though `a=` sorts after `a-=`.
  encoded.sort((left, right) => compare(left.name, right.name) || compare(left.value, right.value))
  return encoded.map(({ name, value }) => `${name}=${value}`).join('&')
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
