import { contextKeys, parsePolicy } from '@iamd/policy'
import type { Fault } from '@iamd/wire'

/** ContextKeyNames: the keys of each document after those of the one before, each document's own only once. */
export function contextKeyNames(
  documents: readonly string[],
  error: (code: 'InvalidInput', message: string) => Fault,
): { readonly ContextKeyNames: string[] } {
  const ContextKeyNames = documents.flatMap((text, at) => {
    const parsed = parsePolicy(text)
    if (!parsed.ok) throw error('InvalidInput', `Policy input list item ${at + 1} has invalid content`)
    return contextKeys(parsed.document)
  })
  return { ContextKeyNames }
}
