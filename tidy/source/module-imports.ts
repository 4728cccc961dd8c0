import { posix } from 'node:path'
import type { ImportDeclarationSpecifier } from 'oxc-parser'
import { lineAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { walkSyntax } from './syntax-tree.ts'

/** One mention of another module in a file. */
export interface ModuleImport {
  /** As it is written: `./image.ts`, `node:crypto`, `@iamd/policy`. */
  readonly specifier: string
  /** For a relative one, the path from the repository's root. */
  readonly path: string | undefined
  /** Nothing of it is left when the program runs. */
  readonly typeOnly: boolean
  /** It is handed on, as by `export { a } from './a.ts'`. */
  readonly handedOn: boolean
  readonly line: number
}

/**
 * Every module that a file names with a literal: import and export statements, `import()` as value and as type,
 * and `new URL('./worker.ts', import.meta.url)`, which is how workers are found.
 */
export function moduleImports(file: SourceFile): ModuleImport[] {
  const found: ModuleImport[] = []
  const add = (specifier: string, typeOnly: boolean, node: { start: number; type: string }): void => {
    const path = specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : undefined
    const handedOn = node.type.startsWith('Export')
    found.push({ specifier, path, typeOnly, handedOn, line: lineAt(file.text, node.start) })
  }
  walkSyntax(file, {
    ImportDeclaration(node) {
      add(node.source.value, node.importKind === 'type' || onlyTypes(node.specifiers), node)
    },
    ExportNamedDeclaration(node) {
      if (node.source !== null) add(node.source.value, node.exportKind === 'type', node)
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.exportKind === 'type', node)
    },
    ImportExpression(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') {
        add(node.source.value, false, node)
      }
    },
    TSImportType(node) {
      add(node.source.value, true, node)
    },
    NewExpression(node) {
      const [first] = node.arguments
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL' || first === undefined) return
      const texts = first.type === 'ConditionalExpression' ? [first.consequent, first.alternate] : [first]
      for (const text of texts) {
        const isRelative = text.type === 'Literal' && typeof text.value === 'string' && text.value.startsWith('.')
        if (isRelative) add(String(text.value), false, node)
      }
    },
  })
  return found
}

function onlyTypes(specifiers: readonly ImportDeclarationSpecifier[]): boolean {
  return (
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier.type === 'ImportSpecifier' && specifier.importKind === 'type')
  )
}
