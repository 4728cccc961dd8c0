/** An object without a prototype, for keys that a caller chose: `__proto__` is a key like any other. */
export function newRecord(): Record<string, unknown> {
  return { __proto__: null }
}

/** Whether a value has members that can be read by name. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
