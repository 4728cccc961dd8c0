/**
 * Ways around the type checker and the linter. `any` and `!` are the linter's to find; here are `as`, which may stay
 * only with its reason on its line, and comments that switch a rule off, which name the rule and the reason.
 */
import { hasReason } from '../source/reason.ts'
import type { SourceFile } from '../source/source-file.ts'
import { isTestCode, lineAt } from '../source/source-file.ts'
import { syntaxTree, walkSyntax } from '../source/syntax-tree.ts'

/** How many type assertions stand in code that is not a test. It may only fall. */
export const assertionCountMax = 11

interface Assertion {
  readonly start: number
  readonly end: number
}

/** Type assertions without a reason, and switched-off rules without a name or a reason. */
export function escapeFindings(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...assertionsOf(file)
      .filter((node) => !hasReason(file, node))
      .map(
        (node) => `${file.path}:${lineAt(file.text, node.start)}: \`as\` without its reason in a comment on its line`,
      ),
    ...directiveFindings(file),
  ])
}

/** Where code that is not a test has a type assertion, `as const` not counted. */
export function assertionPlaces(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !isTestCode(path))
    .flatMap((file) => assertionsOf(file).map((node) => `${file.path}:${lineAt(file.text, node.start)}`))
}

function assertionsOf(file: SourceFile): Assertion[] {
  const found: Assertion[] = []
  walkSyntax(file, {
    TSAsExpression(node) {
      const { typeAnnotation: type } = node
      const isConst =
        type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const'
      if (!isConst) found.push(node)
    },
    TSTypeAssertion(node) {
      found.push(node)
    },
  })
  return found
}

function directiveFindings(file: SourceFile): string[] {
  return syntaxTree(file).comments.flatMap((comment) => {
    const text = comment.value.trim()
    const where = `${file.path}:${lineAt(file.text, comment.start)}`
    if (/^@ts-(ignore|nocheck)/.test(text)) return [`${where}: \`@ts-ignore\` and \`@ts-nocheck\` are not used here`]
    if (text.startsWith('@ts-expect-error') && !/^@ts-expect-error\s+\S+\s+\S+/.test(text)) {
      return [`${where}: \`@ts-expect-error\` without its reason`]
    }
    if (!/^(oxlint|eslint)-disable/.test(text)) return []
    const complete = /^oxlint-disable(-next-line|-line)? [\w/-]+(, [\w/-]+)* --\s+\S+\s+\S+/.test(text)
    return complete ? [] : [`${where}: write \`oxlint-disable-line rule -- reason\``]
  })
}
