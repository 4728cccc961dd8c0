import { parseSync, Visitor } from 'oxc-parser'
import type { Comment, EcmaScriptModule, Program, VisitorObject } from 'oxc-parser'
import type { SourceFile } from './source-file.ts'

/** A parsed file; offsets in it are indexes into `file.text`. */
export interface SyntaxTree {
  readonly file: SourceFile
  readonly program: Program
  readonly module: EcmaScriptModule
  readonly comments: readonly Comment[]
}

const parsed = new WeakMap<SourceFile, SyntaxTree>()

/** Parses a file once; throws with its path when it is not TypeScript. */
export function syntaxTree(file: SourceFile): SyntaxTree {
  const known = parsed.get(file)
  if (known !== undefined) return known
  const { program, module, comments, errors } = parseSync(file.path, file.text)
  const [first] = errors
  if (first !== undefined) throw new Error(`\`${file.path}\` does not parse: ${first.message}`)
  const tree = { file, program, module, comments }
  parsed.set(file, tree)
  return tree
}

/** Calls the visitor's functions for the nodes of a file, from the first to the last. */
export function walkSyntax(file: SourceFile, visitor: VisitorObject): void {
  new Visitor(visitor).visit(syntaxTree(file).program)
}
