/** Reads JSON that people write, and says exactly what is wrong and where. Each function throws `ShapeError`. */

/** Something in a file that is not as it has to be; the message begins with the place. */
export class ShapeError extends Error {
  constructor(place: string, problem: string) {
    super(place === '' ? problem : `${place}: ${problem}`)
    this.name = 'ShapeError'
  }
}

/** An object with no members but these: a name that is mistyped would else expect nothing. */
export function readObject(
  value: unknown,
  place: string,
  members: readonly string[],
): Readonly<Record<string, unknown>> {
  const object = readRecord(value, place)
  const unknown = Object.keys(object).find((name) => !members.includes(name))
  if (unknown !== undefined) throw new ShapeError(place, `\`${unknown}\` is none of ${members.join(', ')}`)
  return object
}

/** An object with any members. */
export function readRecord(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(place, 'is no object')
  return { ...value }
}

/** A string. */
export function readString(value: unknown, place: string): string {
  if (typeof value !== 'string') throw new ShapeError(place, 'is no string')
  return value
}

/** True or false. */
export function readBoolean(value: unknown, place: string): boolean {
  if (typeof value !== 'boolean') throw new ShapeError(place, 'is neither true nor false')
  return value
}

/** One of some words. */
export function readWord<Word extends string>(value: unknown, place: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === value)
  if (word === undefined) throw new ShapeError(place, `is none of ${words.map((known) => `\`${known}\``).join(', ')}`)
  return word
}

/** A list, each entry read with its place. */
export function readList<T>(value: unknown, place: string, read: (entry: unknown, place: string) => T): readonly T[] {
  if (!Array.isArray(value)) throw new ShapeError(place, 'is no list')
  return value.map((entry: unknown, index) => read(entry, `${place}[${index}]`))
}

/** What `read` makes of a value that is there. */
export function readOptional<T>(
  value: unknown,
  place: string,
  read: (value: unknown, place: string) => T,
): T | undefined {
  return value === undefined ? undefined : read(value, place)
}
