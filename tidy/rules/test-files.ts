/** What a machine can see of the rules for tests: none is switched off, none sleeps, each says a requirement. */
import { hasReason } from '../source/reason.ts'
import type { SourceFile } from '../source/source-file.ts'
import { isTestCode, lineAt } from '../source/source-file.ts'
import { walkSyntax } from '../source/syntax-tree.ts'

const operationFile = /^packages\/server\/src\/operations\/[^/]+\/(?:[^/]+\/)?[^/]+\.ts$/
/** Marks a file as an operation: it hands one to the registry. */
const definesOperation = /^export const [A-Z]\w* = \w*[oO]peration\w*\(/m

/** One sentence for each test that is switched off, sleeps, or has a name that is no sentence. */
export function testFindings(files: readonly SourceFile[]): string[] {
  return files.filter(({ path }) => isTestCode(path)).flatMap(findingsOf)
}

/** Operation files without a test file beside them. */
export function untestedOperations(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path))
  return files
    .filter(({ path, text }) => operationFile.test(path) && !isTestCode(path) && definesOperation.test(text))
    .map(({ path }) => path.replace(/\.ts$/, '.test.ts'))
    .filter((path) => !paths.has(path))
    .map((path) => `${path}: is missing`)
}

function findingsOf(file: SourceFile): string[] {
  const findings: string[] = []
  const found = (node: { readonly start: number }, what: string): void => {
    findings.push(`${file.path}:${lineAt(file.text, node.start)}: ${what}`)
  }
  walkSyntax(file, {
    ImportDeclaration(node) {
      const sleeps = node.source.value === 'node:timers/promises' && !hasReason(file, node)
      if (sleeps) found(node, 'a test that sleeps, without its reason')
    },
    CallExpression(node) {
      const { callee } = node
      if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && isTester(callee.object.name)) {
        const member = callee.property.type === 'Identifier' ? callee.property.name : ''
        if (/^(skip|only|todo)$/.test(member)) found(node, `\`${callee.object.name}.${member}\``)
      }
      if (callee.type !== 'Identifier' || !isTester(callee.name)) return
      const [name, options] = node.arguments
      const body = node.arguments.at(-1)
      if (options?.type === 'ObjectExpression') {
        const off = options.properties.find(
          (property) =>
            property.type === 'Property' &&
            property.key.type === 'Identifier' &&
            /^(skip|only|todo)$/.test(property.key.name),
        )
        if (off !== undefined) found(node, `a \`${callee.name}\` that is switched off by an option`)
      }
      // A test that takes its context groups the ones inside it, as `describe` does.
      const groups =
        /^(describe|suite)$/.test(callee.name) || (body?.type === 'ArrowFunctionExpression' && body.params.length > 0)
      if (name?.type === 'Literal' && typeof name.value === 'string' && !groups && file.path.endsWith('.test.ts')) {
        if (name.value.trim().split(/\s+/).length < 3) found(node, `\`${name.value}\` names no requirement`)
      }
    },
  })
  return findings
}

function isTester(name: string): boolean {
  return /^(describe|it|suite|test|t)$/.test(name)
}
