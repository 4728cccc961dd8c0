import type { RunRecord } from './run-record.ts'
import { reached, type Target } from './target.ts'

/** What the project promises about its speed, held against a run. */
export function targets(record: RunRecord): Target[] {
  const { mixedLoad, startUp, workersGain } = record
  // The share of the limit that Node's own version allows: HTTP and hashing cost more on 24.
  const share = record.node.startsWith('24.') ? 0.45 : 0.6
  return [
    ...record.comparisons.flatMap(({ workload, iamd, ratios }) => [
      ...(workload === 'GetCallerIdentity' || workload === 'GetUser'
        ? [
            reached(`${workload}: calls/s, share of the limit`, ratios.toLimit, { atLeast: share, unit: '' }),
            reached(`${workload}: CPU, share of the limit`, ratios.toLimitByCpu, { atLeast: share, unit: '' }),
          ]
        : []),
      ...(workload === 'CreateUser'
        ? [reached('CreateUser, durable', iamd.callsPerSecond, { atLeast: 3000, unit: '/s' })]
        : []),
      ...(ratios.toMoto === undefined
        ? []
        : [reached(`${workload}: times moto`, ratios.toMoto, { atLeast: 10, unit: 'x' })]),
    ]),
    reached('event-loop delay p99.9 at 30 % load', mixedLoad.eventLoop.p999Ms, { atMost: 20, unit: ' ms' }),
    reached('start to ready, first', startUp.firstMs, { atMost: 1200, unit: ' ms' }),
    reached('start to ready, later', startUp.laterMs, { atMost: 500, unit: ' ms' }),
    reached('idle memory', startUp.idleMegabytes, { atMost: 120, unit: ' MB' }),
    ...(workersGain === undefined
      ? []
      : [reached('gain of two workers', workersGain.gain, { atLeast: 1.6, unit: 'x' })]),
  ]
}
