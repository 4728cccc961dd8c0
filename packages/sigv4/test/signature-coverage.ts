// What a signature covers, stated a second time and naively, with nothing taken from the code under test: two requests with the same
// coverage are the same to the specification, so that a mutation which leaves it alone is benign and no forgery. All that is left out:
//
// 1. the letter case of header names, and headers that are neither signed nor named x-amz-*;
// 2. whitespace around a header value, and the length and kind of a run of it inside;
// 3. dot segments and repeated slashes of the path;
// 4. the order of query parameters, the spelling of their escapes (%2f, %2F; %41, A; +, %20), empty parameters (`&&`), and the
//    equals sign of an empty value;
// 5. the order of the parameters of the Authorization header, and the commas and spaces between them.
import type { HttpRequest } from '../src/http-request.ts'

/** A text that is equal for two requests exactly where every part that a signature covers, and the signature itself, is equal. */
export function signatureCoverage(request: HttpRequest, signedNames: readonly string[]): string {
  const mark = request.target.indexOf('?')
  const path = mark === -1 ? request.target : request.target.slice(0, mark)
  const query = mark === -1 ? '' : request.target.slice(mark + 1)
  return JSON.stringify({
    method: request.method,
    path: resolved(path),
    query: parameters(query),
    headers: coveredHeaders(request.rawHeaders, signedNames),
    body: Buffer.from(request.body).toString('latin1'),
  })
}

function resolved(path: string): string {
  if (!path.startsWith('/')) return `not a path: ${path}`
  let current = path
  for (let before = ''; before !== current;) {
    before = current
    current = current.replace(/\/\/+/g, '/').replace(/\/\.(?=\/|$)/, '')
  }
  // A parent segment takes away the nearest segment to its left; at the root there is nothing to take.
  for (let before = ''; before !== current;) {
    before = current
    current = current.replace(/^\/\.\.(?=\/|$)/, '').replace(/\/(?!\.\.(?:\/|$))[^/]+\/\.\.(?=\/|$)/, '')
  }
  return current === '' ? '/' : current
}

function parameters(query: string): string[] {
  const decoded = (text: string): string =>
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .map((part) => JSON.stringify([decoded(part.replace(/=.*/s, '')), decoded(part.replace(/^[^=]*=/, ''))]))
    .sort((left, right) => (left < right ? -1 : 1))
}

function coveredHeaders(rawHeaders: readonly string[], signedNames: readonly string[]): string[] {
  const covered: Record<string, string[]> = {}
  for (const [index, text] of rawHeaders.entries()) {
    const name = text.toLowerCase()
    if (index % 2 === 1 || !(signedNames.includes(name) || name === 'authorization' || name.startsWith('x-amz-')))
      continue
    const value = (rawHeaders[index + 1] ?? '').split(/[ \t\n\v\f\r]+/).join(' ')
    const inner = value.replace(/^ /, '').replace(/ $/, '')
    ;(covered[name] ??= []).push(name === 'authorization' ? inner.split(/[ ,]+/).toSorted().join(' ') : inner)
  }
  return Object.entries(covered)
    .map(([name, values]) => `${name}: ${JSON.stringify(values)}`)
    .toSorted()
}
