/**
 * The statements that may apply to an action, found by what the resource starts with, so that a decision costs what can match
 * and not what is attached. Where many are left, as where each team may use what bears its tag, those are found that do not
 * want another value of the key that most of them ask for.
 *
 * INVARIANT (the index only leaves out): it leaves out a statement only when every one of its resource patterns begins with
 * other text than the resource, or one of its conditions cannot hold for the value of its key. What it gives is still asked
 * for resource and conditions, in the order of the policies.
 */
import { asName } from '../ascii.ts'
import type { Evaluation } from '../context/evaluation.ts'
import type { StepBudget } from '../context/step-budget.ts'
import { type Candidates, candidatesOf, type PlacedStatement } from './candidates.ts'
import { ValueIndex } from './value-index.ts'
import type { StatementProgram } from './statement-program.ts'

/** So few are asked sooner than looked for. */
const UNINDEXED_MAX = 4
/** Places that lists may take together, for each statement: patterns that begin with one another are on every list below. */
const PLACES_MAX = 64

export class CandidateIndex {
  /** Patterns in it. */
  readonly size: number
  readonly #root: TextNode

  /** Throws StepBudgetExceeded. */
  constructor(statements: readonly PlacedStatement[], steps: StepBudget) {
    const all = textNode('', undefined)
    for (const statement of statements) all.statements.push(statement)
    this.size = statements.reduce((sum, { program }) => sum + (program.resources?.patterns.length ?? 1), 0)
    if (statements.length <= UNINDEXED_MAX) this.#root = all
    else {
      const tree = treeOf(statements, steps)
      this.#root = placesBelow(tree, 0) > PLACES_MAX * statements.length ? all : tree
    }
  }

  /** All that may apply to the resource. */
  select(resource: string, evaluation: Evaluation): Candidates {
    const { steps } = evaluation
    let node = this.#root
    let at = 0
    let visited = 1
    while (node.children !== undefined && at < resource.length) {
      const child = node.children.get(resource.charCodeAt(at))
      if (child === undefined) break
      const { text } = child
      // The texts are short: comparing their units here is quicker than calling the library.
      let length = 1
      while (length < text.length && text.charCodeAt(length) === resource.charCodeAt(at + length)) length += 1
      if (length < text.length) break
      at += length
      node = child
      visited += 1
    }
    steps.spend(visited)
    const found = node.found ?? this.#findAt(node, steps)
    return found.kind === 'listed' ? found : found.select(evaluation)
  }

  /** What is found for a text that some request's resource starts with is kept. */
  #findAt(node: TextNode, steps: StepBudget): Candidates | ValueIndex {
    // A statement may have several patterns with which the resource starts.
    const found = new Set<PlacedStatement>()
    for (let above: TextNode | undefined = node; above !== undefined; above = above.parent) {
      for (const statement of above.statements) found.add(statement)
    }
    steps.spend(found.size)
    const statements = [...found].toSorted((one, other) => one.place - other.place)
    node.found = ValueIndex.of(statements) ?? candidatesOf(statements)
    return node.found
  }
}

/** A text that patterns start with, behind the texts of all nodes above. */
interface TextNode {
  readonly text: string
  readonly parent: TextNode | undefined
  /** Of statements with a pattern that starts with exactly this. */
  readonly statements: PlacedStatement[]
  /** By the first unit of their texts. */
  children: Map<number, TextNode> | undefined
  found: Candidates | ValueIndex | undefined
}

function textNode(text: string, parent: TextNode | undefined): TextNode {
  return { text, parent, statements: [], children: undefined, found: undefined }
}

interface Start {
  readonly text: string
  readonly statement: PlacedStatement
}

function treeOf(statements: readonly PlacedStatement[], steps: StepBudget): TextNode {
  const starts: Start[] = []
  for (const statement of statements) {
    for (const text of startsOf(statement.program)) starts.push({ text, statement })
  }
  steps.spend(starts.length)
  const root = textNode('', undefined)
  addStarts(root, starts, 0)
  return root
}

/** What a resource must start with for the statement to apply to it. */
function startsOf({ resources }: StatementProgram): ReadonlySet<string> {
  if (resources === undefined || resources.isComplement) return new Set([''])
  return new Set(resources.patterns.map(({ start }) => start))
}

/** Puts starts, which agree up to `at`, where the text of the node ends, on the node and below it. */
function addStarts(node: TextNode, starts: readonly Start[], at: number): void {
  const below = new Map<number, Start[]>()
  for (const start of starts) {
    if (start.text.length === at) node.statements.push(start.statement)
    else {
      const unit = start.text.charCodeAt(at)
      const group = below.get(unit)
      if (group === undefined) below.set(unit, [start])
      else group.push(start)
    }
  }
  if (below.size === 0) return
  node.children = new Map()
  for (const [unit, group] of below) {
    const end = endOfAgreement(group, at)
    const child = textNode(asName(group[0]?.text.slice(at, end) ?? ''), node)
    node.children.set(unit, child)
    addStarts(child, group, end)
  }
}

/** How far texts, which agree up to behind `at`, agree. */
function endOfAgreement(starts: readonly Start[], at: number): number {
  const first = starts[0]?.text ?? ''
  let end = first.length
  for (const { text } of starts) {
    let length = at
    while (length < end && length < text.length && text.charCodeAt(length) === first.charCodeAt(length)) length += 1
    end = length
  }
  return end
}

/** How many places all lists would take. */
function placesBelow({ statements, children }: TextNode, above: number): number {
  const own = above + statements.length
  let total = statements.length === 0 ? 0 : own
  for (const child of children?.values() ?? []) total += placesBelow(child, own)
  return total
}
