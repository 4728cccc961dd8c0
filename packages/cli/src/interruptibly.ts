/** Runs work that a first Ctrl-C asks to end by itself, through its signal; a second one ends the process at once. */
export async function interruptibly(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, interrupt)
  try {
    await work(controller.signal)
  } finally {
    for (const signal of signals) process.removeListener(signal, interrupt)
  }
}
