import { lineAt } from './source-file.ts'
import { syntaxTree } from './syntax-tree.ts'
import type { SourceFile } from './source-file.ts'

/** A reason has at least three words. */
const reason = /\S+\s+\S+\s+\S+/

/** Whether a comment that gives a reason stands on the line of a node, or right above it. */
export function hasReason(file: SourceFile, node: { readonly start: number; readonly end: number }): boolean {
  const lines = new Set([lineAt(file.text, node.start) - 1, lineAt(file.text, node.start), lineAt(file.text, node.end)])
  return syntaxTree(file).comments.some(
    (comment) => reason.test(comment.value) && lines.has(lineAt(file.text, comment.end)),
  )
}
