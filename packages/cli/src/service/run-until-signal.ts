import { constants } from 'node:os'

import type { Printer } from '../terminal.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

/** What is served. */
export type Service = { close(): Promise<void> }

/**
 * Announces what is served, waits for SIGINT or SIGTERM, then closes it; a second signal ends the process at once. Resolves
 * when all is closed. It is closed too when it cannot be announced.
 */
export async function runUntilSignal(service: Service, notes: Printer, announce: () => Promise<void>): Promise<void> {
  // Before the announcement: whoever reads it may send a signal in the next moment.
  const stopped = nextSignal()
  try {
    await announce()
  } catch (error) {
    await service.close()
    throw error
  }
  const signal = await stopped
  const force = (second: NodeJS.Signals): never => process.exit(128 + (constants.signals[second] ?? 0))
  for (const one of signals) process.on(one, force)
  try {
    await notes.line(`${signal}: stopping; calls that are running may finish (once more to stop at once)`)
    await service.close()
  } finally {
    for (const one of signals) process.removeListener(one, force)
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
