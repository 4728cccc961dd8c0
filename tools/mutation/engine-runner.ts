/**
 * Runs the tests of packages/policy/test/mutation-suite.ts for Stryker, in one process for many mutants: a process for each would
 * take the better part of a day. It is a plugin of Stryker's; shapes and numbers are those of its API 10, "TestRunner".
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Test {
  readonly name: string
  readonly run: () => void
}

const PASSED = 0
const FAILED = 1

interface TestResult {
  readonly id: string
  readonly name: string
  readonly status: typeof PASSED | typeof FAILED
  readonly failureMessage: string
  readonly timeSpentMs: number
}

/** What the mutated sources read and write, at this name of the global object. */
interface Mutation {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: unknown
}

interface MutantRun {
  readonly activeMutant: { readonly id: string }
  readonly hitLimit?: number
  /** `static` mutants change what modules do while they are loaded. */
  readonly mutantActivation: 'runtime' | 'static'
  readonly testFilter?: readonly string[]
}

class EngineRunner {
  readonly #mutation: Mutation = {}
  #tests: readonly Test[] | undefined

  constructor() {
    Reflect.set(globalThis, '__stryker__', this.#mutation)
  }

  /** Modules are not loaded again: for a mutant of what loading does Stryker starts a new process. */
  capabilities(): object {
    return { reloadEnvironment: false }
  }

  async dryRun(): Promise<object> {
    const tests = await this.#run(undefined)
    return { status: 'complete', tests, mutantCoverage: this.#mutation.mutantCoverage }
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, testFilter }: MutantRun): Promise<object> {
    if (mutantActivation === 'runtime') await this.#load()
    const hitCount = hitLimit === undefined ? undefined : 0
    Object.assign(this.#mutation, { activeMutant: activeMutant.id, hitLimit, hitCount })
    const tests = await this.#run(testFilter)
    this.#mutation.activeMutant = undefined
    const killer = tests.find(({ status }) => status === FAILED)
    // Whatever a mutant left behind would kill those after it, too: then this throws, and the process ends.
    if (mutantActivation === 'runtime') this.#tests?.find(({ name }) => name === killer?.name)?.run()
    const nrOfTests = tests.length
    if ((this.#mutation.hitCount ?? 0) > (hitLimit ?? Infinity)) return { status: 'timeout', reason: 'hit limit' }
    if (killer === undefined) return { status: 'survived', nrOfTests }
    return { status: 'killed', killedBy: [killer.id], failureMessage: killer.failureMessage, nrOfTests }
  }

  async #load(): Promise<readonly Test[]> {
    if (this.#tests !== undefined) return this.#tests
    const suite: { readonly MUTATION_TESTS: readonly Test[] } = await import(
      pathToFileURL(resolve('packages/policy/test/mutation-suite.ts')).href
    )
    this.#tests = suite.MUTATION_TESTS
    return this.#tests
  }

  /** All tests in a run without a mutant; with one, up to the first that fails. */
  async #run(filter: readonly string[] | undefined): Promise<readonly TestResult[]> {
    const results: TestResult[] = []
    for (const test of await this.#load()) {
      if (filter !== undefined && !filter.includes(test.name)) continue
      this.#mutation.currentTestId = test.name
      const result = resultOf(test)
      results.push(result)
      if (this.#mutation.activeMutant !== undefined && result.status === FAILED) break
    }
    this.#mutation.currentTestId = undefined
    return results
  }
}

function resultOf({ name, run }: Test): TestResult {
  const start = performance.now()
  const ended = { id: name, name }
  try {
    run()
    return { ...ended, status: PASSED, failureMessage: '', timeSpentMs: performance.now() - start }
  } catch (error) {
    return { ...ended, status: FAILED, failureMessage: String(error), timeSpentMs: performance.now() - start }
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'engine', injectableClass: EngineRunner }]
