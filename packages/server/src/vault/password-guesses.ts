/**
 * Slows down who guesses a password: after some wrong ones against the same hash the next has to wait, each time twice as long.
 * A new password has a new hash, and starts anew. What is counted is kept by this process only.
 */

/** The caller gets Throttling, whether the password was right or not. */
export class TooManyGuesses extends Error {
  override readonly name = 'TooManyGuesses'
}

export interface PasswordGuessesOptions {
  readonly verify: (password: string, hash: string) => Promise<boolean>
  readonly now: () => Date
}

/** People mistype; nobody does so more often in a row. */
const FREE_COUNT = 5
const PAUSE_MS_MIN = 1_000
const PAUSE_MS_MAX = 15 * 60_000
/** About 3 MB. Each costs a whole hash to get in, so that nobody pushes another out in a hurry. */
const HASHES_MAX = 10_000

interface Guessed {
  readonly wrongCount: number
  /** Milliseconds since 1970. */
  readonly waitUntil: number
}

export class PasswordGuesses {
  readonly #options: PasswordGuessesOptions
  readonly #guessed = new Map<string, Guessed>()

  constructor(options: PasswordGuessesOptions) {
    this.#options = options
  }

  /** Whether the password is the one hashed. Throws TooManyGuesses, and what `verify` throws. */
  async guess(password: string, hash: string): Promise<boolean> {
    const before = this.#guessed.get(hash) ?? { wrongCount: 0, waitUntil: 0 }
    const now = this.#options.now().getTime()
    if (now < before.waitUntil) throw new TooManyGuesses('too many wrong passwords in a row')
    // Counted as wrong until it is right: many at once are no way around.
    const wrongCount = before.wrongCount + 1
    this.#keep(hash, { wrongCount, waitUntil: now + pauseMsAfter(wrongCount) })
    try {
      const isRight = await this.#options.verify(password, hash)
      if (isRight) this.#guessed.delete(hash)
      return isRight
    } catch (error) {
      // It was not looked at.
      this.#guessed.set(hash, before)
      throw error
    }
  }

  #keep(hash: string, guessed: Guessed): void {
    this.#guessed.delete(hash)
    const [oldest] = this.#guessed.size >= HASHES_MAX ? this.#guessed.keys() : []
    if (oldest !== undefined) this.#guessed.delete(oldest)
    this.#guessed.set(hash, guessed)
  }
}

function pauseMsAfter(wrongCount: number): number {
  return wrongCount < FREE_COUNT ? 0 : Math.min(PAUSE_MS_MIN * 2 ** (wrongCount - FREE_COUNT), PAUSE_MS_MAX)
}
