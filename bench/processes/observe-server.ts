/**
 * Observes the event loop of the server that it is loaded into (`node --import`), and tells it to who started the server.
 *
 * So the server under measurement is the product as it is, and holds no code for the sake of measuring.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

export type Observe = 'start' | 'report'

/** In milliseconds; each is the time between two wake-ups of a timer of 1 ms, so that 1 is an idle loop. */
export interface EventLoopDelay {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
  readonly samples: number
}

const histogram = monitorEventLoopDelay({ resolution: 1 })

process.on('message', (message: Observe) => {
  if (message === 'start') {
    histogram.reset()
    histogram.enable()
    return
  }
  histogram.disable()
  const ms = (percentile: number): number => histogram.percentile(percentile) / 1e6
  const delay: EventLoopDelay = {
    p50Ms: ms(50),
    p99Ms: ms(99),
    p999Ms: ms(99.9),
    maxMs: histogram.max / 1e6,
    samples: histogram.count,
  }
  process.send?.(delay)
})
// Whoever started the server may let go of it, and the server ends when it wants to.
process.channel?.unref()
