/** Certificates and keys to upload, made when they are asked for: the smallest that are X.509 (RFC 5280 section 4.1), valid for some days around the world's noon. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { NOON, seededBytes } from '../world.ts'

export interface Issued {
  readonly name: string
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  readonly certificatePem: string
  /** PKCS #8. */
  readonly privateKeyPem: string
}

interface CertificateOptions {
  /** Who signs; the certificate itself when left out. */
  readonly issuer?: Pick<Issued, 'name' | 'privateKey'>
  readonly isAuthority?: boolean
  readonly validFrom?: Date
  readonly validTo?: Date
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
}

const DAY_MS = 86_400_000
export const VALID_FROM: Date = new Date(NOON.getTime() - DAY_MS)
export const VALID_TO: Date = new Date(NOON.getTime() + 90 * DAY_MS)

/** A certificate in which everything is right unless the options say otherwise; its key is of the curve P-256. */
export function makeCertificate(name: string, options: CertificateOptions = {}): Issued {
  const { publicKey, privateKey } = options.keys ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = options.issuer ?? { name, privateKey }
  const algorithm = sequence(oid(issuer.privateKey.asymmetricKeyType === 'rsa' ? RSA_SHA256 : ECDSA_SHA256))
  const { validFrom = VALID_FROM, validTo = VALID_TO } = options
  const toBeSigned = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(createHash('sha256').update(name).digest().subarray(0, 8)),
    algorithm,
    commonName(issuer.name),
    sequence(time(validFrom), time(validTo)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(basicConstraints(options.isAuthority ?? false))),
  )
  const signature = sign('sha256', toBeSigned, issuer.privateKey)
  const der = sequence(toBeSigned, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])))
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { name, publicKey, privateKey, certificatePem: pem('CERTIFICATE', der), privateKeyPem }
}

/** An `ssh-rsa` public key: a number of that many bits that is not made of primes, which only who signs would see. */
export function makeSshKey(seed: string, { bits = 2048 }: { readonly bits?: number } = {}): string {
  const modulus = Buffer.from(seededBytes(seed)(bits / 8))
  modulus[0] = (modulus[0] ?? 0) | 0x80
  modulus[modulus.length - 1] = (modulus.at(-1) ?? 0) | 1
  return `ssh-rsa ${sshStrings('ssh-rsa', Buffer.of(1, 0, 1), Buffer.concat([Buffer.of(0), modulus]))}`
}

/** Base64 of strings as SSH writes them, each with its length before it (RFC 4251 section 5). */
export function sshStrings(...strings: readonly (string | Buffer)[]): string {
  const parts = strings.flatMap((text) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(Buffer.byteLength(text))
    return [length, Buffer.from(text)]
  })
  return Buffer.concat(parts).toString('base64')
}

/** DER in lines of 64 characters between its labels. */
export function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

const COMMON_NAME = '550403'
const BASIC_CONSTRAINTS = '551d13'
const ECDSA_SHA256 = '2a8648ce3d040302'
const RSA_SHA256 = '2a864886f70d01010b'

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid(COMMON_NAME), tagged(0x0c, Buffer.from(name)))))
}

function basicConstraints(isAuthority: boolean): Buffer {
  const value = isAuthority ? sequence(tagged(0x01, Buffer.of(0xff))) : sequence()
  return sequence(oid(BASIC_CONSTRAINTS), tagged(0x01, Buffer.of(0xff)), tagged(0x04, value))
}

function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')))
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, Buffer.concat([Buffer.of(0), bytes]).subarray((bytes[0] ?? 0) < 0x80 ? 1 : 0))
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  if (length < 0x100) return Buffer.concat([Buffer.of(tag, 0x81, length), content])
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 255), content])
}
