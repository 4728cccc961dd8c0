/** The codes that an authenticator app would show. */
import { TOTP } from 'otpauth'

/** The code of a seed (base32) at a time, or some steps of 30 seconds later. */
export function codeAt(seed: string, time: Date, stepsLater = 0): string {
  return new TOTP({ secret: seed }).generate({ timestamp: time.getTime() + stepsLater * 30_000 })
}

/** Two codes in a row, the first that of the time or some steps later, as EnableMFADevice and ResyncMFADevice take them. */
export function codesAt(
  seed: string,
  time: Date,
  stepsLater = 0,
): { readonly AuthenticationCode1: string; readonly AuthenticationCode2: string } {
  return {
    AuthenticationCode1: codeAt(seed, time, stepsLater),
    AuthenticationCode2: codeAt(seed, time, stepsLater + 1),
  }
}
