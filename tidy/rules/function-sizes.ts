/** The linter holds functions to 60 lines, but cannot tell a test's body from the `describe` around it; this can. */
import type { SourceFile } from '../source/source-file.ts'
import { isTestCode, lineAt } from '../source/source-file.ts'
import { walkSyntax } from '../source/syntax-tree.ts'

const linesMax = 60

/** Each function in a test file that is longer than 60 lines and is not what groups tests. */
export function longTestFunctions(files: readonly SourceFile[]): string[] {
  return files.filter(({ path }) => isTestCode(path)).flatMap(longFunctions)
}

function longFunctions(file: SourceFile): string[] {
  const groups = new Set<number>()
  const findings: string[] = []
  const judge = (node: { readonly start: number; readonly end: number }): void => {
    const first = lineAt(file.text, node.start)
    const lines = lineAt(file.text, node.end) - first + 1
    if (lines > linesMax && !groups.has(node.start)) {
      findings.push(`${file.path}:${first}: a function of ${lines} lines, more than ${linesMax}`)
    }
  }
  walkSyntax(file, {
    CallExpression(node) {
      if (node.callee.type !== 'Identifier' || !/^(describe|suite)$/.test(node.callee.name)) return
      for (const argument of node.arguments) groups.add(argument.start)
    },
    ArrowFunctionExpression: judge,
    FunctionDeclaration: judge,
    FunctionExpression: judge,
  })
  return findings
}
