import type { PolicyKind } from '../document/policy-kind.ts'
import type { Finding } from '../finding.ts'
import { LineIndex } from '../json/line-index.ts'

/**
 * The first character that the APIs of IAM and STS refuse before a document is read, if there is one: they take what the pattern
 * `policyDocumentType` of their models allows. Other services have their own patterns, and an escape such as `\u20ac` gets past.
 */
export function charsetFinding(text: string, kind: PolicyKind): Finding | undefined {
  const parameter = PARAMETERS[kind]
  if (parameter === undefined) return undefined
  const offset = firstRefused(text)
  if (offset === undefined) return undefined
  const code = text.codePointAt(offset) ?? 0
  const detail = `the character U+${code.toString(16).toUpperCase().padStart(4, '0')} has to be written as an escape`
  return {
    code: 'UnsupportedCharacter',
    severity: 'error',
    message: `1 validation error detected: Value at '${parameter}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+`,
    detail,
    ...new LineIndex(text).positionAt(offset),
    path: '',
  }
}

/** Of the operation that stores it, as its messages write it. */
const PARAMETERS: Readonly<Record<PolicyKind, string | undefined>> = {
  identity: 'policyDocument',
  managed: 'policyDocument',
  boundary: 'policyDocument',
  session: 'policy',
  trust: 'assumeRolePolicyDocument',
  resource: undefined,
  endpoint: undefined,
  serviceControl: undefined,
  resourceControl: undefined,
}

function firstRefused(text: string): number | undefined {
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset)
    const isTaken = unit === 0x09 || unit === 0x0a || unit === 0x0d || (unit >= 0x20 && unit <= 0xff)
    if (!isTaken) return offset
  }
  return undefined
}
