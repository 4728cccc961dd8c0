/** Policy documents as texts that are stored: what may be stored, how its size counts, how it is shown. */
import { parsePolicy, type PolicyDocument, type PolicyKind, validatePolicy } from '@iamd/policy'
import type { Fault } from '@iamd/wire'

/**
 * Throws MalformedPolicyDocument with AWS's sentence unless the text may be stored as a policy of that kind. AWS answers only
 * the first thing that is wrong. Returns the document as it was read.
 */
export function assertStorable(
  text: string,
  {
    kind,
    error,
  }: { readonly kind: PolicyKind; readonly error: (code: 'MalformedPolicyDocument', message: string) => Fault },
): PolicyDocument {
  const parsed = parsePolicy(text, kind)
  const findings = parsed.ok ? validatePolicy(parsed.document, kind) : parsed.findings
  const first = findings.find(({ severity }) => severity === 'error')
  if (first !== undefined) throw error('MalformedPolicyDocument', first.message)
  if (!parsed.ok) throw error('MalformedPolicyDocument', 'Syntax errors in policy.')
  return parsed.document
}

/** A document as answers carry it: "URL-encoded compliant with RFC 3986", which leaves fewer characters bare than encodeURIComponent does. */
export function policyDocumentView(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
