const AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/

/** The time of `YYYYMMDDTHHMMSSZ`; undefined for any other form and for a day or hour that does not exist. */
export function parseAmzDate(text: string): Date | undefined {
  const parts = AMZ_DATE.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Formatting it again finds what Date corrects silently: 31 June, hour 24.
  return Number.isNaN(date.getTime()) || formatAmzDate(date) !== text ? undefined : date
}

/** A time as `YYYYMMDDTHHMMSSZ`, the fraction of a second cut off. */
export function formatAmzDate(date: Date): string {
  const iso = date.toISOString()
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`
}
