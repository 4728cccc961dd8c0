/** Days since the epoch whose dates are kept; an account's records lie on few days. */
const datesMax = 4096

const dates = new Map<number, string>()

/** 00 to 59. */
const pairs = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))

/**
 * A time in whole seconds, `2026-01-01T00:00:00Z`, as IAM and STS answer (observed). Throws a RangeError for an invalid one. Lists are mostly
 * times, and `toISOString` took half of the time of writing one, so only its date is used, once a day.
 */
export function formatTime(time: Date): string {
  const seconds = Math.floor(time.getTime() / 1000)
  const day = Math.floor(seconds / 86_400)
  const rest = seconds - day * 86_400
  const date = dates.get(day) ?? addDate(day)
  return `${date}${pairs[Math.floor(rest / 3600)]}:${pairs[Math.floor(rest / 60) % 60]}:${pairs[rest % 60]}Z`
}

function addDate(day: number): string {
  const date = new Date(day * 86_400_000).toISOString().slice(0, -'00:00:00.000Z'.length)
  if (dates.size === datesMax) dates.clear()
  dates.set(day, date)
  return date
}
