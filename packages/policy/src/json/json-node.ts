/** A JSON value with the place it was read from. Offsets count UTF-16 units. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull

interface Located {
  readonly start: number
  /** Offset after the last unit. */
  readonly end: number
}

export interface JsonObject extends Located {
  readonly kind: 'object'
  /** In the order of the text; keys are unique. A list, so that `__proto__` is a name like any other. */
  readonly members: readonly JsonMember[]
}

export interface JsonMember {
  readonly key: JsonString
  readonly value: JsonNode
}

export interface JsonArray extends Located {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
}

export interface JsonString extends Located {
  readonly kind: 'string'
  readonly value: string
}

/** Kept as written: a number never passes through a double, which would round it (negative test O-06). */
export interface JsonNumber extends Located {
  readonly kind: 'number'
  readonly text: string
}

export interface JsonBoolean extends Located {
  readonly kind: 'boolean'
  readonly value: boolean
}

export interface JsonNull extends Located {
  readonly kind: 'null'
}
