import { checkPolicy, type Finding, type PolicyKind } from '@iamd/policy'

import type { PolicyFile } from '../policy-file.ts'
import { likelyKind } from './kind-option.ts'

/** A file and what there is to say about it. */
export type CheckedFile = {
  readonly name: string
  readonly text: string
  readonly kind: PolicyKind
  readonly findings: readonly Finding[]
}

/** How files are checked. */
export type CheckOptions = {
  /** Undefined for the kind that each looks like. */
  readonly kind: PolicyKind | undefined
  /** Warnings are errors. */
  readonly isStrict: boolean
}

/** Checks the text of a file as iamd does before it stores a policy, and as its advice goes. */
export function checkFile({ name, text }: PolicyFile, { kind: asked, isStrict }: CheckOptions): CheckedFile {
  const kind = asked ?? likelyKind(text)
  const found = checkPolicy(text, kind)
  const findings = isStrict ? found.map((finding): Finding => ({ ...finding, severity: 'error' })) : found
  return { name, text, kind, findings }
}

/** How many findings of either severity there are in all files. */
export function countsOf(files: readonly CheckedFile[]): { readonly errors: number; readonly warnings: number } {
  const findings = files.flatMap((file) => file.findings)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: findings.length - errors }
}
