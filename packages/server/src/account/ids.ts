/**
 * The identifiers that AWS gives to things: unique ids, access key ids, secret access keys, account numbers.
 * Randomness comes in, so that a simulation can replay a run.
 */

/** `length` fresh random bytes. */
export type RandomBytes = (length: number) => Uint8Array

/**
 * What a unique id starts with, by kind (IAM User Guide, "Unique identifiers").
 * ACCA service-specific credential, AGPA group, AIDA user, AIPA instance profile, ANPA managed policy, APKA public key, AROA role, ASCA certificate.
 */
export type UniqueIdPrefix = 'ACCA' | 'AGPA' | 'AIDA' | 'AIPA' | 'ANPA' | 'APKA' | 'AROA' | 'ASCA'

/** AKIA for a long-term key, ASIA for a temporary one. */
export type AccessKeyPrefix = 'AKIA' | 'ASIA'

/** RFC 4648 base32. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const UNIQUE_PART_LENGTH = 17
const SIGNING_CERTIFICATE_ID_LENGTH = 32
const ACCOUNT_ID_MAX = 999_999_999_999
/** AWS's account numbers may start with 0, and every spreadsheet and YAML file then loses the digit: ours never do. */
const NEW_ACCOUNT_ID_MIN = 100_000_000_000
/** The first character after the prefix is Q or later: the bit that tells ids with an account number from those made before 2019. */
const ENCODED_KEY_ID = /^(?:AKIA|ASIA)([Q-Z2-7][A-Z2-7]{7})([A-Z2-7])[A-Z2-7]{7}$/

/** 21 characters, as `AIDACKCEVSQ6C2EXAMPLE`. All 85 bits are random, so that no id is ever given twice (C-07). */
export function newUniqueId(prefix: UniqueIdPrefix, randomBytes: RandomBytes): string {
  return prefix + randomBase32(UNIQUE_PART_LENGTH, randomBytes)
}

/** 32 characters without a prefix, as `OFHPLP4ZULTHYPMSYEX7O4BEXAMPLEID`: ids of signing certificates, which are older than prefixes. */
export function newSigningCertificateId(randomBytes: RandomBytes): string {
  return randomBase32(SIGNING_CERTIFICATE_ID_LENGTH, randomBytes)
}

/** The managed policy id that belongs to an ARN for ever: the digest (17 bytes or more, such as SHA-256 of the ARN) as ANPA…. */
export function policyIdOfDigest(digest: Uint8Array): string {
  return `ANPA${base32(digest.subarray(0, UNIQUE_PART_LENGTH))}`
}

/**
 * 20 characters whose 80 bits after the prefix are: 1, the account number in 40 bits, 39 random bits. The layout is that of AWS's
 * (observed: awsteele.com 2020 and labs.withsecure.com, "A bitwise analysis of AWS access key identifiers").
 * 39 bits are few enough to meet again: whoever adds a key checks that the id is not taken.
 */
export function newAccessKeyId(prefix: AccessKeyPrefix, accountId: string, randomBytes: RandomBytes): string {
  const account = Number(accountId)
  if (!/^\d{12}$/.test(accountId)) throw new TypeError(`\`${accountId}\` is not an account id`)
  const [lowest = 0] = randomBytes(1)
  const upper = 2 ** 39 + Math.floor(account / 2)
  const ninth = (account % 2) * 16 + (lowest & 15)
  return prefix + base32Number(upper, 8) + base32Number(ninth, 1) + randomBase32(7, randomBytes)
}

/** The account number inside an access key id (12 digits); undefined for ids that have none. A hint: anybody can write an id. */
export function accountIdOfAccessKey(accessKeyId: string): string | undefined {
  const [, upper, ninth] = ENCODED_KEY_ID.exec(accessKeyId) ?? []
  if (upper === undefined || ninth === undefined) return undefined
  const account = (numberOfBase32(upper) - 2 ** 39) * 2 + (numberOfBase32(ninth) >> 4)
  return account <= ACCOUNT_ID_MAX ? String(account).padStart(12, '0') : undefined
}

/** 40 characters of base64: 30 random bytes, so no padding. */
export function newSecretAccessKey(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(30)).toString('base64')
}

/** 12 random digits, the first not 0. Whoever adds an account checks that the number is not taken. */
export function newAccountId(randomBytes: RandomBytes): string {
  const span = ACCOUNT_ID_MAX - NEW_ACCOUNT_ID_MIN + 1
  // 48 bits over the span: the numbers that are reached once more than others are so by less than one part in 300.
  return String(NEW_ACCOUNT_ID_MIN + (Buffer.from(randomBytes(6)).readUIntBE(0, 6) % span))
}

function randomBase32(length: number, randomBytes: RandomBytes): string {
  return base32(randomBytes(length))
}

/** One character for each byte, from its low five bits. */
function base32(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += BASE32.charAt(byte & 31)
  return text
}

/** Most significant digit first. Division instead of shifts, which would cut 40 bits to 32. */
function base32Number(value: number, length: number): string {
  let text = ''
  for (let rest = value, left = length; left > 0; left -= 1, rest = Math.floor(rest / 32)) {
    text = BASE32.charAt(rest % 32) + text
  }
  return text
}

function numberOfBase32(text: string): number {
  let value = 0
  for (const character of text) value = value * 32 + BASE32.indexOf(character)
  return value
}
