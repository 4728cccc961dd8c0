import { assertContextValue, type Evaluation, readKey } from '../context/evaluation.ts'
import type { StepBudget } from '../context/step-budget.ts'
import { type Candidates, candidatesOf, type PlacedStatement } from './candidates.ts'

/** So few are asked sooner than looked for. */
const UNINDEXED_MAX = 4
/** Places that lists may take together, for each statement. */
const PLACES_MAX = 64

/** Statements of which many want one key to have one of some values, found by the value that it has. */
export class ValueIndex {
  readonly kind = 'byValue'
  readonly #key: string
  readonly #statements: readonly PlacedStatement[]
  readonly #values: ReadonlySet<string>
  /** Of those that want none of the values. */
  readonly #others: Candidates
  readonly #byValue = new Map<string, Candidates>()
  #placesLeft: number

  private constructor(key: string, statements: readonly PlacedStatement[], values: ReadonlySet<string>) {
    this.#key = key
    this.#statements = statements
    this.#values = values
    this.#others = this.#without(undefined)
    this.#placesLeft = PLACES_MAX * statements.length
  }

  /** Of the key that most statements ask for in this way; undefined when they are few. */
  static of(statements: readonly PlacedStatement[]): ValueIndex | undefined {
    const counts = new Map<string, number>()
    for (const { program } of statements) {
      for (const key of new Set(program.conditions.filter(({ values }) => values).map(keyOf)))
        counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const [most] = [...counts].toSorted(([, one], [, other]) => other - one)
    if (most === undefined || most[1] <= UNINDEXED_MAX) return undefined
    const [key] = most
    const values = new Set<string>()
    for (const statement of statements) for (const value of valuesOf(statement, key) ?? []) values.add(value)
    return new ValueIndex(key, statements, values)
  }

  /** All that may apply to the request. Throws what the context throws, and StepBudgetExceeded. */
  select(evaluation: Evaluation): Candidates {
    const value = readKey(evaluation, this.#key)
    assertContextValue(value)
    if (typeof value !== 'string' || !this.#values.has(value)) return this.#others
    return this.#byValue.get(value) ?? this.#find(value, evaluation.steps)
  }

  /** Lists are made for values that some request has, and kept while there is room. */
  #find(value: string, steps: StepBudget): Candidates {
    steps.spend(this.#statements.length)
    const found = this.#without(value)
    const places = found.denies.length + found.allows.length
    if (places <= this.#placesLeft) {
      this.#placesLeft -= places
      this.#byValue.set(value, found)
    }
    return found
  }

  /** Leaves out what wants another value. */
  #without(value: string | undefined): Candidates {
    return candidatesOf(
      this.#statements.filter((statement) => {
        const values = valuesOf(statement, this.#key)
        return values === undefined || (value !== undefined && values.has(value))
      }),
    )
  }
}

function keyOf({ lowerCaseKey }: { readonly lowerCaseKey: string }): string {
  return lowerCaseKey
}

/** The values of a key with one of which the statement may apply; undefined for one that does not say. */
function valuesOf({ program }: PlacedStatement, key: string): ReadonlySet<string> | undefined {
  return program.conditions.find(({ lowerCaseKey, values }) => lowerCaseKey === key && values !== undefined)?.values
}
