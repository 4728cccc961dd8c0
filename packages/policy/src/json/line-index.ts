/** A place in a text, both 1-based; columns count UTF-16 units, as editors and the policy simulator do. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Turns offsets of one text into lines and columns. LF, CR LF and a lone CR end a line. */
export class LineIndex {
  readonly #starts: readonly number[]

  constructor(text: string) {
    const starts = [0]
    for (let index = 0; index < text.length; index += 1) {
      const unit = text[index]
      if (unit === '\n' || (unit === '\r' && text[index + 1] !== '\n')) starts.push(index + 1)
    }
    this.#starts = starts
  }

  positionAt(offset: number): Position {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 }
  }
}
