/**
 * One-time codes as authenticator apps make them (RFC 6238): SHA-1, six digits, another code every 30 seconds.
 * A device is a seed; whoever has it has every code.
 */
import { timingSafeEqual } from 'node:crypto'
import { HOTP, Secret, TOTP } from 'otpauth'
import { qrCodePng } from './qr-code-png.ts'

/** What makes the codes of virtual MFA devices. A seed is a base32 text. */
export interface OneTimeCodes {
  /** The seed that consists of these bytes. */
  readonly seedOf: (bytes: Uint8Array) => string
  /** Tells whether a code is that of a step: of the 30 seconds that begin `step` times 30 seconds after 1970. */
  readonly codesOf: (seed: string) => (step: number, code: string) => boolean
  /** What an app scans to have the seed: a PNG of a QR code with an otpauth URI. */
  readonly qrCode: (device: { readonly seed: string; readonly name: string; readonly account: string }) => Uint8Array
}

const DIGITS = 6
const PERIOD_SECONDS = 30

/** As an app shows it above the code; AWS's own has no issuer, and apps then cannot tell it from others. */
const ISSUER = 'iamd'

export const oneTimeCodes: OneTimeCodes = {
  seedOf: (bytes) => new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32,
  codesOf(seed) {
    const secret = Secret.fromBase32(seed)
    return (step, code) => isEqual(HOTP.generate({ secret, counter: step, digits: DIGITS }), code)
  },
  qrCode: ({ seed, name, account }) => {
    // The label is `$virtualMFADeviceName@$AccountName` (IAM API Reference, VirtualMFADevice).
    const label = `${name}@${account}`
    const device = new TOTP({ issuer: ISSUER, label, secret: seed, digits: DIGITS, period: PERIOD_SECONDS })
    return qrCodePng(device.toString())
  },
}

function isEqual(right: string, code: string): boolean {
  const [a, b] = [Buffer.from(right), Buffer.from(code)]
  return a.length === b.length && timingSafeEqual(a, b)
}
