import { constants } from 'node:os'

import type { Printer } from '../terminal.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Waits for SIGINT or SIGTERM, then closes what runs; a second signal ends the process at once. Resolves when all is
 * closed. From the call on the signals no longer end the process by themselves.
 */
export async function runUntilSignal(running: { close(): Promise<void> }, notes: Printer): Promise<void> {
  const first = await nextSignal()
  const force = (signal: NodeJS.Signals): never => process.exit(128 + (constants.signals[signal] ?? 0))
  for (const signal of signals) process.on(signal, force)
  try {
    await notes.line(`${first}: stopping; calls that are running may finish (once more to stop at once)`)
    await running.close()
  } finally {
    for (const signal of signals) process.removeListener(signal, force)
  }
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const take = (signal: NodeJS.Signals): void => {
      for (const one of signals) process.removeListener(one, take)
      resolve(signal)
    }
    for (const signal of signals) process.on(signal, take)
  })
}
