/**
 * Shapes of stored records: a guard that checks what was read back from the journal, and the type that it proves.
 *
 * Records are JSON. A record that does not have its shape is set aside as damaged (see `image.ts`), never used half.
 */
export type Guard<T> = (value: unknown) => value is T
export type Shaped<G> = G extends Guard<infer T> ? T : never

export const isText: Guard<string> = (value): value is string => typeof value === 'string'
export const isWhole: Guard<number> = (value): value is number => Number.isSafeInteger(value)
export const isTruth: Guard<boolean> = (value): value is boolean => typeof value === 'boolean'

export function isOneOf<const T extends string>(...allowed: readonly T[]): Guard<T> {
  const set: ReadonlySet<unknown> = new Set(allowed)
  return (value): value is T => set.has(value)
}

export function isListOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((item) => guard(item))
}

/** A member that may be absent (never `null`). */
export function isOptional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value)
}

type Members = Readonly<Record<string, Guard<unknown>>>
type Required<M extends Members> = { [K in keyof M as undefined extends Shaped<M[K]> ? never : K]: Shaped<M[K]> }
type Optional<M extends Members> = { [K in keyof M as undefined extends Shaped<M[K]> ? K : never]?: Shaped<M[K]> }

/** A record with these members; members that a later version added are kept and ignored. */
export function isRecordOf<M extends Members>(members: M): Guard<Readonly<Required<M> & Optional<M>>> {
  const checks = Object.entries(members)
  return (value): value is Readonly<Required<M> & Optional<M>> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const own = new Map(Object.entries(value))
    return checks.every(([name, guard]) => guard(own.get(name)))
  }
}
