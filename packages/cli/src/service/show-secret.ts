import { Failure, reasonOf } from '../failure.ts'
import type { Printer } from '../terminal.ts'

/** Prints what can be shown only once; says how to get another one where standard output does not take it. */
export async function showSecret(text: string, results: Printer, remedy: string): Promise<void> {
  try {
    await results.line(text)
  } catch (error) {
    throw new Failure(`the credential could not be shown: ${reasonOf(error)}`, { remedy, cause: error })
  }
}
