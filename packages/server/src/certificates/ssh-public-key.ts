/**
 * SSH public keys as IAM takes them: RSA of 2048 bits or more, as `ssh-rsa` (RFC 4253 section 6.6) or as PEM (IAM API Reference,
 * UploadSSHPublicKey). What is kept is the key alone: AWS strips comments and line breaks (github.com/hashicorp/terraform-provider-aws/pull/6727).
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { parsePemBlocks } from './pem.ts'

export type SshEncoding = 'SSH' | 'PEM'

export type SshPublicKeyFinding =
  | { readonly kind: 'sound'; readonly encoding: SshEncoding; readonly material: string }
  /** Of a kind or form that IAM does not know, or of a known form and not a key that it takes. */
  | { readonly kind: 'unrecognized' | 'invalid' }

const TYPE = 'ssh-rsa'
const MODULUS_BITS_MIN = 2048
/** As `ssh-keygen` makes them at most. */
const MODULUS_BITS_MAX = 16384
const PEM_LABELS: readonly string[] = ['PUBLIC KEY', 'RSA PUBLIC KEY']

/** Reads an upload. `material` is the key in SSH's own form, as base64; the same key has the same, however it was sent. */
export function parseSshPublicKey(body: string): SshPublicKeyFinding {
  const text = body.trim()
  if (/^ssh-rsa\s/.test(text)) return finding('SSH', materialOfLine(text))
  const [block, ...others] = parsePemBlocks(text) ?? []
  if (block === undefined || others.length > 0 || !PEM_LABELS.includes(block.label)) return { kind: 'unrecognized' }
  return finding('PEM', materialOfPem(block.text))
}

/** The key as a line of authorized_keys, or as PEM. */
export function sshPublicKeyText(material: string, encoding: SshEncoding): string {
  if (encoding === 'SSH') return `${TYPE} ${material}`
  const numbers = readRsa(Buffer.from(material, 'base64'))
  if (numbers === undefined) throw new Error('a stored SSH public key cannot be read')
  return rsaKey(numbers).export({ type: 'spki', format: 'pem' }).toString().trim()
}

/**
 * "The MD5 message digest of the SSH public key" (IAM API Reference, SSHPublicKey), in 47 characters with colons: over the key in SSH's own form,
 * as RFC 4716 section 4 has it and `ssh-keygen -l -E md5` shows it. No observed answer says otherwise.
 */
export function sshFingerprint(material: string): string {
  const digest = createHash('md5').update(Buffer.from(material, 'base64')).digest('hex')
  return digest.replaceAll(/..(?=.)/g, '$&:')
}

function finding(encoding: SshEncoding, material: string | undefined): SshPublicKeyFinding {
  return material === undefined ? { kind: 'invalid' } : { kind: 'sound', encoding, material }
}

/** The second word of the line; the rest of it is a comment. */
function materialOfLine(line: string): string | undefined {
  const [, material = ''] = /^ssh-rsa[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t][^\r\n]*)?$/.exec(line) ?? []
  const blob = Buffer.from(material, 'base64')
  if (blob.toString('base64') !== material) return undefined
  const numbers = readRsa(blob)
  return numbers !== undefined && hasRightSize(rsaKey(numbers)) ? material : undefined
}

function materialOfPem(pem: string): string | undefined {
  try {
    const key = createPublicKey(pem)
    const { n, e } = key.export({ format: 'jwk' })
    if (key.asymmetricKeyType !== 'rsa' || n === undefined || e === undefined || !hasRightSize(key)) return undefined
    const parts = [Buffer.from(TYPE), positive(Buffer.from(e, 'base64url')), positive(Buffer.from(n, 'base64url'))]
    return Buffer.concat(parts.map(withLength)).toString('base64')
  } catch {
    return undefined
  }
}

function hasRightSize({ asymmetricKeyDetails }: KeyObject): boolean {
  const { modulusLength = 0 } = asymmetricKeyDetails ?? {}
  return modulusLength >= MODULUS_BITS_MIN && modulusLength <= MODULUS_BITS_MAX
}

interface RsaNumbers {
  readonly modulus: Buffer
  readonly exponent: Buffer
}

function rsaKey({ modulus, exponent }: RsaNumbers): KeyObject {
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') }
  return createPublicKey({ key: jwk, format: 'jwk' })
}

/** Exactly three strings with their lengths: the type, and two odd positive numbers in their shortest form. */
function readRsa(blob: Buffer): RsaNumbers | undefined {
  const [type, exponent, modulus, ...more] = readStrings(blob) ?? []
  if (type?.toString('latin1') !== TYPE || exponent === undefined || modulus === undefined || more.length > 0) {
    return undefined
  }
  return isPositiveOdd(exponent) && isPositiveOdd(modulus) ? { modulus, exponent } : undefined
}

/** RFC 4251 section 5: each string is four bytes of length and that many bytes. */
function readStrings(blob: Buffer): readonly Buffer[] | undefined {
  const strings: Buffer[] = []
  let at = 0
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return undefined
    strings.push(blob.subarray(at + 4, end))
    at = end
  }
  return strings
}

/** An `mpint` is negative when its first bit is set, and has no zero byte in front that it does not need. */
function isPositiveOdd(number: Buffer): boolean {
  const [first = 0, second = 0] = number
  const isShortest = first !== 0 || (number.length > 1 && second >= 0x80)
  return number.length > 0 && first < 0x80 && isShortest && ((number.at(-1) ?? 0) & 1) === 1
}

function positive(number: Buffer): Buffer {
  return (number[0] ?? 0) < 0x80 ? number : Buffer.concat([Buffer.from([0]), number])
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
