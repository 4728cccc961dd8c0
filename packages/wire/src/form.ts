import { Fault } from './fault.ts'

/** The parameters of a form, decoded, under their exact names. */
export type Form = ReadonlyMap<string, string>

/** More parameters than any operation can need: two lists of 1,000 structures of three members are 6,000. */
const parametersMax = 10_000

/** Longer than any name that the model knows, with room for indexes. */
const nameLengthMax = 512

/**
 * Parses an `application/x-www-form-urlencoded` body or query string. Throws a Fault (MalformedQueryString) for bytes that are not UTF-8,
 * a broken percent escape, a name that occurs twice, or more parameters than the limits allow. AWS takes the first of two equal names
 * (observed); we refuse, because a proxy in front of us may take the last.
 */
export function parseForm(body: Uint8Array): Form {
  const text = decodeUtf8(body)
  const form = new Map<string, string>()
  let start = 0
  while (start < text.length) {
    const separator = text.indexOf('&', start)
    const end = separator === -1 ? text.length : separator
    if (end > start) addParameter(form, text.slice(start, end))
    start = end + 1
  }
  return form
}

function addParameter(form: Map<string, string>, pair: string): void {
  const equals = pair.indexOf('=')
  const name = decodeComponent(equals === -1 ? pair : pair.slice(0, equals))
  if (name.length > nameLengthMax) throw malformed(`A parameter name is longer than ${nameLengthMax} characters`)
  if (form.has(name)) throw malformed(`The parameter ${name} occurs more than once`)
  if (form.size === parametersMax) throw malformed(`The request has more than ${parametersMax} parameters`)
  form.set(name, equals === -1 ? '' : decodeComponent(pair.slice(equals + 1)))
}

// The byte order mark is kept, so that a name that begins with one stays a name that nobody knows.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeUtf8(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch (cause) {
    throw malformed('The request is not valid UTF-8', cause)
  }
}

function decodeComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch (cause) {
    throw malformed('The query string contains a syntax error', cause)
  }
}

/** AWS documents this code with status 404; 400 is what every other malformed request is answered with. */
function malformed(message: string, cause?: unknown): Fault {
  return new Fault('MalformedQueryString', message, { status: 400, cause })
}
