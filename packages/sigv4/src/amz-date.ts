const AMZ_DATE = /^[1-9]\d{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ$/
// RFC 9110's date, and the zone as Python's e-mail formatter writes it for botocore.
const HTTP_DATE = /^([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}) (?:GMT|[+-]0000)$/

/** The time of `YYYYMMDDTHHMMSSZ`; undefined for any other form and for a day or hour that does not exist. */
export function parseAmzDate(text: string): Date | undefined {
  if (!AMZ_DATE.test(text)) return undefined
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2)
  const day = twoDigits(text, 6)
  const time = [twoDigits(text, 9), twoDigits(text, 11), twoDigits(text, 13)] as const
  const date = new Date(Date.UTC(year, twoDigits(text, 4) - 1, day, ...time))
  // Date takes 31 June for 1 July.
  return date.getUTCDate() === day ? date : undefined
}

/** The time of a Date header as it stands in the string to sign; a text that is no HTTP date is returned as it is. */
export function amzDateOfDateHeader(text: string): string {
  const stamp = HTTP_DATE.exec(text)?.[1]
  if (stamp === undefined) return text
  const date = new Date(`${stamp} GMT`)
  return Number.isNaN(date.getTime()) || date.toUTCString() !== `${stamp} GMT` ? text : formatAmzDate(date)
}

/** A time as `YYYYMMDDTHHMMSSZ`, the fraction of a second cut off. */
export function formatAmzDate(date: Date): string {
  const iso = date.toISOString()
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`
}

function twoDigits(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - 48) + text.charCodeAt(at + 1) - 48
}
