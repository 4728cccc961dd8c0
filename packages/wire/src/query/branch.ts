/**
 * The parts of a composite value, gathered parameter by parameter in whatever order they come. Sentences and index rules are AWS's, observed
 * on IAM and SES: indexes start at 1, `01` is 1, at most ten may be skipped, and what is skipped counts as a null element.
 */
import {
  type ListShape,
  type MapShape,
  memberShapes,
  type ScalarShape,
  type Shape,
  type StructureShape,
} from '../shape.ts'
import { newRecord } from '../record.ts'
import { malformedInput } from './malformed-input.ts'
import { parseScalar } from './scalar.ts'

/** How far a parameter's name has been read: `segments[position]` is next. */
interface Cursor {
  readonly segments: readonly string[]
  readonly position: number
}

/** A value in the making. `finish` gives undefined where no parameter that the model knows was placed. */
interface Branch {
  place(name: Cursor, text: string): void
  finish(): unknown
}

function newBranch(shape: Shape): Branch {
  switch (shape.kind) {
    case 'structure':
      return new StructureBranch(shape)
    case 'list':
      return new ListBranch(shape)
    case 'map':
      return new MapBranch(shape)
    case 'string':
    case 'integer':
    case 'boolean':
    case 'timestamp':
    case 'blob':
      return new Leaf(shape)
  }
}

class Leaf implements Branch {
  readonly #shape: ScalarShape
  #value: unknown

  constructor(shape: ScalarShape) {
    this.#shape = shape
  }

  place({ segments, position }: Cursor, text: string): void {
    // Observed on SNS Subscribe: `Endpoint.EndpointArn` where `Endpoint` is text.
    if (position < segments.length) throw malformedInput('Start of list found where not expected')
    this.#value = parseScalar(this.#shape, text)
  }

  finish(): unknown {
    return this.#value
  }
}

/** Members under their names; what the structure does not have is ignored. */
export class StructureBranch implements Branch {
  readonly #shapes: ReadonlyMap<string, Shape>
  readonly #members = new Map<string, Branch>()
  #isPresent = false

  constructor(shape: StructureShape) {
    this.#shapes = memberShapes(shape)
  }

  place({ segments, position }: Cursor, text: string): void {
    const name = segments[position]
    if (name === undefined) {
      requireEmpty(text)
      this.#isPresent = true
      return
    }
    const shape = this.#shapes.get(name)
    if (shape === undefined) return
    const branch = this.#members.get(name) ?? newBranch(shape)
    branch.place({ segments, position: position + 1 }, text)
    this.#members.set(name, branch)
  }

  finish(): object | undefined {
    if (this.#members.size === 0 && !this.#isPresent) return undefined
    const value: Record<string, unknown> = {}
    for (const [name, branch] of this.#members) {
      const member = branch.finish()
      if (member !== undefined) value[name] = member
    }
    return value
  }
}

/** More elements than any list of the model may have. */
const elementsMax = 1000

/** Elements under `member.N`. */
class ListBranch implements Branch {
  readonly #shape: ListShape
  readonly #elements = new IndexedBranches()
  #isPresent = false

  constructor(shape: ListShape) {
    this.#shape = shape
  }

  place({ segments, position }: Cursor, text: string): void {
    if (position === segments.length) {
      // An empty list is sent as its bare name.
      requireEmpty(text)
      this.#isPresent = true
    } else if (segments[position] === 'member') {
      const branch = this.#elements.at(segments[position + 1], () => newBranch(this.#shape.element))
      branch.place({ segments, position: position + 2 }, text)
    }
  }

  finish(): unknown[] | undefined {
    const elements = this.#elements.inOrder().map((branch) => branch?.finish())
    return elements.length === 0 && !this.#isPresent ? undefined : elements
  }
}

/** Entries under `entry.N.key` and `entry.N.value`. */
class MapBranch implements Branch {
  readonly #shape: MapShape
  readonly #entries = new IndexedBranches<EntryBranch>()
  #isPresent = false

  constructor(shape: MapShape) {
    this.#shape = shape
  }

  place({ segments, position }: Cursor, text: string): void {
    if (position === segments.length) {
      requireEmpty(text)
      this.#isPresent = true
    } else if (segments[position] === 'entry') {
      const entry = this.#entries.at(segments[position + 1], () => new EntryBranch(this.#shape))
      entry.place({ segments, position: position + 2 }, text)
    }
  }

  /** A record without a prototype, because its keys are the caller's. */
  finish(): object | undefined {
    const entries = this.#entries.inOrder()
    if (entries.length === 0 && !this.#isPresent) return undefined
    const record = newRecord()
    for (const entry of entries) {
      const { key, value } = entry?.finish() ?? {}
      if (key === undefined) throw malformedInput('A map entry has no key')
      if (key in record) throw malformedInput(`The key ${key} occurs more than once`)
      record[key] = value
    }
    return record
  }
}

class EntryBranch implements Branch {
  readonly #value: Branch
  #key: string | undefined

  constructor(shape: MapShape) {
    this.#value = newBranch(shape.value)
  }

  place({ segments, position }: Cursor, text: string): void {
    const part = segments[position]
    if (part === 'key' && position + 1 === segments.length) this.#key = text
    if (part === 'value') this.#value.place({ segments, position: position + 1 }, text)
  }

  finish(): { readonly key: string | undefined; readonly value: unknown } {
    return { key: this.#key, value: this.#value.finish() }
  }
}

/** The largest index that AWS reads before it calls one illegal (found by bisection by others). */
const indexMax = 214_748_369

/** How many indexes AWS lets a caller leave out before an element. */
const skipMax = 10

class IndexedBranches<B = Branch> {
  readonly #branches = new Map<number, { readonly spelling: string; readonly branch: B }>()

  at(spelling: string | undefined, create: () => B): B {
    const index = parseIndex(spelling)
    const known = this.#branches.get(index)
    if (known === undefined) {
      if (this.#branches.size === elementsMax) throw malformedInput(`A list has more than ${elementsMax} elements`)
      const branch = create()
      this.#branches.set(index, { spelling: spelling ?? '', branch })
      return branch
    }
    // AWS lets one of two spellings of an index win; two values in one place are refused here, as two equal names are.
    if (known.spelling !== spelling) throw malformedInput(`The index ${index} occurs more than once`)
    return known.branch
  }

  /** The branches by index, undefined for those that were left out. */
  inOrder(): (B | undefined)[] {
    const ordered: (B | undefined)[] = []
    for (const [index, { branch }] of [...this.#branches].sort(([a], [b]) => a - b)) {
      const skipped = index - Math.max(ordered.length, 1)
      if (skipped > skipMax) {
        throw malformedInput(`Excessively sparse input would skip ${skipped.toLocaleString('en-US')} list elements`)
      }
      if (index > elementsMax) throw malformedInput(`A list has more than ${elementsMax} elements`)
      while (ordered.length < index - 1) ordered.push(undefined)
      ordered.push(branch)
    }
    return ordered
  }
}

function parseIndex(spelling: string | undefined): number {
  if (spelling === undefined || !/^[0-9]{1,64}$/.test(spelling))
    throw malformedInput('Start of list found where not expected')
  const index = Number(spelling)
  if (index === 0) throw malformedInput('0 is not a valid index')
  if (index > indexMax) throw malformedInput(`Index ${spelling} is illegal`)
  return index
}

function requireEmpty(text: string): void {
  if (text !== '') throw malformedInput('Value found where not expected')
}
