import { parsePolicy } from '../document/parse-policy.ts'
import type { PolicyKind } from '../document/policy-kind.ts'
import type { Finding } from '../finding.ts'
import { sizeFinding } from './size-finding.ts'
import { charsetFinding } from './text-charset.ts'
import { validatePolicy } from './validate-policy.ts'

/**
 * Everything there is to say about a text that is to be stored as a policy of that kind: size, characters, grammar, rules,
 * advice. Never throws.
 */
export function checkPolicy(text: string, kind: PolicyKind): readonly Finding[] {
  const parsed = parsePolicy(text, kind)
  const findings = parsed.ok ? validatePolicy(parsed.document, kind) : parsed.findings
  const refusals = [sizeFinding(text, kind), charsetFinding(text, kind)].filter((finding) => finding !== undefined)
  return [...refusals, ...findings]
}
