/**
 * Pure inside, effects at the edge: the rooms that decide take the time, ids and randomness as values, so that a test
 * can say what they are; and no room makes a regular expression from a text that a caller may have sent.
 */
import { hasReason } from '../source/reason.ts'
import type { SourceFile } from '../source/source-file.ts'
import { isTestCode, lineAt } from '../source/source-file.ts'
import { walkSyntax } from '../source/syntax-tree.ts'

const pureRooms = /^packages\/(policy|sigv4|wire)\/src\/|^packages\/server\/src\/(account|authority|operations)\//

/** What reads the world, as `object.member`. */
const effects = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'])
/** Functions of node:crypto that make something new at each call. */
const randomness = /^(random|generate)/

type Found = (node: { readonly start: number; readonly end: number }, what: string) => void

/** Effects in pure rooms, and patterns made from texts, one sentence each. */
export function purityFindings(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('packages/') && !isTestCode(path))
    .flatMap((file) => {
      const findings: string[] = []
      const found: Found = (node, what) => {
        if (!hasReason(file, node)) findings.push(`${file.path}:${lineAt(file.text, node.start)}: ${what}`)
      }
      findPatterns(file, found)
      if (pureRooms.test(file.path)) findEffects(file, found)
      return findings
    })
}

function findPatterns(file: SourceFile, found: Found): void {
  walkSyntax(file, {
    NewExpression(node) {
      const isPattern = node.callee.type === 'Identifier' && node.callee.name === 'RegExp'
      if (isPattern && node.arguments[0]?.type !== 'Literal')
        found(node, 'a pattern made from a text, without its reason')
    },
  })
}

function findEffects(file: SourceFile, found: Found): void {
  const foundEffect = (node: { start: number; end: number }, what: string): void =>
    found(node, `\`${what}\` in a room that is pure`)
  walkSyntax(file, {
    ImportDeclaration(node) {
      if (node.source.value !== 'node:crypto') return
      for (const specifier of node.specifiers) {
        if (randomness.test(specifier.local.name)) foundEffect(specifier, specifier.local.name)
      }
    },
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return
      const name = `${node.object.name}.${node.property.name}`
      if (effects.has(name) || node.object.name === 'process') foundEffect(node, name)
    },
    NewExpression(node) {
      const isNow = node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0
      if (isNow) foundEffect(node, 'new Date()')
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && /^set(Timeout|Interval|Immediate)$/.test(node.callee.name)) {
        foundEffect(node, node.callee.name)
      }
    },
  })
}
