/** Steps that one decision may take: about 5 ms of the dearest kind, and far more than the policies of a principal can need. */
const DECISION_STEPS_MAX = 2_000_000

/** Steps that all of an explanation may take: an explanation asks what a decision need not. */
export const EXPLANATION_STEPS_MAX = 8_000_000

export class StepBudgetExceeded extends Error {
  override readonly name = 'StepBudgetExceeded'
}

/**
 * Bounds the work of one decision. A step is a constant amount of work: a unit compared, a key read, a value tested.
 *
 * INVARIANT (bounded work): every loop whose length comes from a policy or a request spends from the budget.
 */
export class StepBudget {
  #left: number

  constructor(steps: number = DECISION_STEPS_MAX) {
    this.#left = steps
  }

  get left(): number {
    return this.#left
  }

  /** Throws StepBudgetExceeded when there are not as many left. */
  spend(steps: number): void {
    this.#left -= steps
    if (this.#left < 0) throw new StepBudgetExceeded('the decision took too many steps')
  }
}
