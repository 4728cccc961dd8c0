/**
 * Synchronising with a virtual MFA device: two codes in a row tell which step the device's clock is at. How far AWS looks, and how
 * often it lets codes be tried, is not documented; the figures are observed.
 */
import type { VirtualMfaDeviceRecord } from './credential-records.ts'

const STEP_MILLISECONDS = 30_000

/** Both codes lie within these steps of now: the clock of a device may be about eight hours wrong. */
const STEPS_BACK = 998
const STEPS_AHEAD = 1000

/** Nine verifications of a device in each three minutes of UTC; right and wrong ones count. */
const TRIES_MAX = 9
const WINDOW_MILLISECONDS = 180_000

type IsCodeAt = (step: number, code: string) => boolean

/** The step of one-time codes that a time falls into. */
export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / STEP_MILLISECONDS)
}

/**
 * The step of the second code, if the codes are those of two steps in a row, both after the one that was last synchronised
 * with: so no code synchronises twice. Near steps are looked at first; where several fit, which is one chance in a billion,
 * the nearest is taken.
 */
export function findSyncStep(
  isCodeAt: IsCodeAt,
  codes: readonly [string, string],
  { now, after = Number.NEGATIVE_INFINITY }: { readonly now: Date; readonly after?: number | undefined },
): number | undefined {
  const current = stepAt(now)
  const fits = (step: number): boolean =>
    step > after && isCodeAt(step, codes[0]) && step + 1 <= current + STEPS_AHEAD && isCodeAt(step + 1, codes[1])
  for (let distance = 0; distance <= STEPS_AHEAD; distance += 1) {
    if (distance <= STEPS_BACK && fits(current - distance)) return current - distance + 1
    if (distance > 0 && fits(current + distance)) return current + distance + 1
  }
  return undefined
}

/** The device with one more try counted, or undefined when there were as many as there may be in this window. */
export function withTry(device: VirtualMfaDeviceRecord, now: Date): VirtualMfaDeviceRecord | undefined {
  const window = Math.floor(now.getTime() / WINDOW_MILLISECONDS)
  const tried = device.tries?.window === window ? device.tries.count : 0
  return tried < TRIES_MAX ? { ...device, tries: { window, count: tried + 1 } } : undefined
}
