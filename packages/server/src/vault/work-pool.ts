/** At most so many tasks at once and so many waiting; beyond that a caller is refused at once instead of queueing without end. */

export interface WorkPoolLimits {
  readonly runningMax: number
  readonly waitingMax: number
}

export interface WorkPool {
  /** The task's result; undefined, without running it, when the queue is full. First come, first served. */
  run<Result>(task: () => Promise<Result>): Promise<Result> | undefined
}

/** An idle pool; it holds no threads of its own, only the count of what runs. */
export function createWorkPool({ runningMax, waitingMax }: WorkPoolLimits): WorkPool {
  const waiting: (() => void)[] = []
  let running = 0

  async function runNow<Result>(task: () => Promise<Result>): Promise<Result> {
    running += 1
    try {
      return await task()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }

  return {
    run(task) {
      if (running < runningMax) return runNow(task)
      if (waiting.length >= waitingMax) return undefined
      return new Promise((resolve) => {
        waiting.push(() => resolve(runNow(task)))
      })
    },
  }
}
