const AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/
// RFC 9110's date, and the zone as Python's e-mail formatter writes it for botocore.
const HTTP_DATE = /^([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}) (?:GMT|[+-]0000)$/

/** The time of `YYYYMMDDTHHMMSSZ`; undefined for any other form and for a day or hour that does not exist. */
export function parseAmzDate(text: string): Date | undefined {
  const parts = AMZ_DATE.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Formatting it again finds what Date corrects silently: 31 June, hour 24.
  return Number.isNaN(date.getTime()) || formatAmzDate(date) !== text ? undefined : date
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
