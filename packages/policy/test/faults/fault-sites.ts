/**
 * Puts a switch into every call of the engine's evaluation, so that a test can make any of them fail in any way: each call `f(x)`
 * becomes `__fault(7, () => f(x))`. The sources on disk are not touched; they are rewritten as they are loaded.
 *
 * Import this file before anything of the engine, and the engine dynamically.
 */
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor, type CallExpression, type Node } from 'oxc-parser'

/** One call in the sources. */
export interface FaultSite {
  readonly id: number
  /** `decide/combine.ts:12 allows(verdict)`. */
  readonly name: string
  /**
   * What is called: the engine itself, the host's context, or the language's library, which can throw but is not taken to
   * answer wrongly.
   */
  readonly callee: 'engine' | 'host' | 'library'
}

export const FAULT_SITES: FaultSite[] = []

/** Answers in place of a call, which it may make. */
export type Interceptor = (site: number, call: () => unknown) => unknown

let interceptor: Interceptor | undefined

/** Runs something while every call of the evaluation goes through the interceptor. */
export function intercepted<Result>(intercept: Interceptor, run: () => Result): Result {
  interceptor = intercept
  try {
    return run()
  } finally {
    interceptor = undefined
  }
}

Reflect.set(globalThis, '__fault', (site: number, call: () => unknown): unknown => {
  const intercept = interceptor
  if (intercept === undefined) return call()
  return intercept(site, call)
})

const SOURCES = path.join(import.meta.dirname, '../../src')

/** What a decision runs through. */
const EVALUATED = ['compile', 'condition', 'context', 'decide', 'match']

registerHooks({
  load(url, context, nextLoad) {
    const file = url.startsWith('file:') ? path.relative(SOURCES, fileURLToPath(url)) : ''
    if (!EVALUATED.includes(path.dirname(file).split(path.sep)[0] ?? '')) return nextLoad(url, context)
    const source = withSwitches(file, readFileSync(path.join(SOURCES, file), 'utf8'))
    return { format: 'module', source: stripTypeScriptTypes(source), shortCircuit: true }
  },
})

interface Call {
  readonly start: number
  readonly end: number
  /** What is called, as far as the text says. */
  readonly callee: string
}

/** The source with a switch around each call; positions in it are those before. */
function withSwitches(file: string, source: string): string {
  const inserts = new Map<number, string>()
  const insert = (at: number, text: string): void => void inserts.set(at, (inserts.get(at) ?? '') + text)
  for (const { start, end, callee } of callsOf(file, source)) {
    const id = FAULT_SITES.length
    const text = source.slice(start, end).replaceAll(/\s+/g, ' ')
    const line = source.slice(0, start).split('\n').length
    FAULT_SITES.push({ id, name: `${file}:${line} ${text}`, callee: kindOf(callee) })
    // Of two calls that begin at one place, as in `f(x)(y)`, the outer one is found first.
    insert(start, `__fault(${id}, () => (`)
    insert(end, '))')
  }
  const cuts = [...inserts.keys()].toSorted((one, other) => one - other)
  const pieces = cuts.map((cut, index) => (inserts.get(cut) ?? '') + source.slice(cut, cuts[index + 1]))
  return source.slice(0, cuts[0]) + pieces.join('')
}

/** Calls and constructions, outer ones first. A chain such as `a?.f().g()` is one: its inner calls cannot be cut out of it. */
function callsOf(file: string, source: string): readonly Call[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`\`${file}\` does not parse: ${errors[0]?.message}`)
  const calls: Call[] = []
  const chained = new Set<Node>()
  new Visitor({
    ChainExpression(node) {
      for (let part: Node | undefined = node.expression; part !== undefined; part = linkOf(part)) chained.add(part)
      if (node.expression.type === 'CallExpression') calls.push({ ...node, callee: calleeOf(node.expression, source) })
    },
    CallExpression(node) {
      if (chained.has(node) || node.callee.type === 'Super') return
      calls.push({ ...node, callee: calleeOf(node, source) })
    },
    NewExpression(node) {
      calls.push({ ...node, callee: source.slice(node.callee.start, node.callee.end) })
    },
  }).visit(program)
  return calls
}

/** The next part of a chain, from its end to its beginning. */
function linkOf(node: Node): Node | undefined {
  if (node.type === 'CallExpression') return node.callee
  return node.type === 'MemberExpression' ? node.object : undefined
}

/** `f` of `f(x)`, and `.m` of `a.m(x)`. */
function calleeOf({ callee }: CallExpression, source: string): string {
  if (callee.type !== 'MemberExpression' || callee.computed) return source.slice(callee.start, callee.end)
  const object = source.slice(callee.object.start, callee.object.end)
  return object === 'context' || object.endsWith('.context') ? HOST : `.${callee.property.name}`
}

const HOST = 'the context'
const LIBRARY_OBJECTS = [Array, Map, Set, WeakMap, WeakSet, String, Number, BigInt, Object, RegExp, Function, Math]

function kindOf(callee: string): FaultSite['callee'] {
  if (callee === HOST) return 'host'
  if (!callee.startsWith('.')) return Reflect.has(globalThis, callee) ? 'library' : 'engine'
  const name = callee.slice(1)
  const isLibrary = LIBRARY_OBJECTS.some((object) => {
    const prototype: unknown = Reflect.get(object, 'prototype')
    return Reflect.has(object, name) || (typeof prototype === 'object' && prototype !== null && name in prototype)
  })
  return isLibrary ? 'library' : 'engine'
}
