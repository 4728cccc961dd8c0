/**
 * Password hashing: argon2id with OWASP's parameters (19 MiB, 2 passes, 1 lane), in the PHC string format.
 * A hash costs about 100 ms and 19 MiB, so it is the first thing that a flood of sign-ins would exhaust: at most two run at once,
 * 64 wait, and the next is refused.
 */
import crypto, { timingSafeEqual } from 'node:crypto'
import { takeRandomBytes } from './random-pool.ts'
import { VaultFault } from './vault-fault.ts'
import { createWorkPool } from './work-pool.ts'

const CURRENT: Cost = { memoryKibibytes: 19_456, passes: 2, lanes: 1 }
const SALT_LENGTH = 16
const HASH_LENGTH = 32
const RUNNING_MAX = 2
const WAITING_MAX = 64
/** A record that asks for more than this is damaged, and must not make us allocate it. */
const MEMORY_KIBIBYTES_MAX = 1 << 18
const PASSES_MAX = 16
const LANES_MAX = 16
const PHC =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d?),p=([1-9]\d?)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/

/** Too many passwords are being hashed: the caller gets Throttling and may try again. */
export class PasswordPoolFull extends Error {
  override readonly name = 'PasswordPoolFull'
}

const pool = createWorkPool({ runningMax: RUNNING_MAX, waitingMax: WAITING_MAX })

/** A PHC string with a new salt. Throws PasswordPoolFull. */
export async function hashPassword(password: string): Promise<string> {
  const salt = takeRandomBytes(SALT_LENGTH)
  const hash = await inPool({ password, salt, cost: CURRENT, hashLength: HASH_LENGTH })
  return `$argon2id$v=19$m=${CURRENT.memoryKibibytes},t=${CURRENT.passes},p=${CURRENT.lanes}$${unpadded(salt)}$${unpadded(hash)}`
}

/**
 * Whether the password is the one hashed. Without a hash (unknown user, user without a password) the answer is false after the same
 * work, so that time tells nobody which names exist (K-04). Throws PasswordPoolFull; VaultFault for a damaged hash.
 */
export async function verifyPassword(password: string, phc: string | undefined): Promise<boolean> {
  const expected = phc === undefined ? nobodysHash() : parse(phc)
  const { salt, cost } = expected
  const hash = await inPool({ password, salt, cost, hashLength: expected.hash.length })
  return timingSafeEqual(hash, expected.hash) && phc !== undefined
}

/** Throws VaultFault, at start, where Node's OpenSSL is older than 3.2 and has no argon2. */
export async function assertPasswordHashing(): Promise<void> {
  await derive({
    password: '',
    salt: Buffer.alloc(SALT_LENGTH),
    cost: { memoryKibibytes: 8, passes: 1, lanes: 1 },
    hashLength: HASH_LENGTH,
  }).catch((cause: unknown) => {
    const runtime = `Node.js ${process.versions.node} with OpenSSL ${process.versions.openssl}`
    throw new VaultFault(`cannot hash passwords: ${runtime} has no argon2; use an official build of Node.js`, { cause })
  })
}

interface Cost {
  readonly memoryKibibytes: number
  readonly passes: number
  readonly lanes: number
}

interface Derivation {
  readonly password: string
  readonly salt: Buffer
  readonly cost: Cost
  readonly hashLength: number
}

async function inPool(derivation: Derivation): Promise<Buffer> {
  const hash = pool.run(() => derive(derivation))
  if (hash === undefined) throw new PasswordPoolFull(`${RUNNING_MAX + WAITING_MAX} passwords are being hashed`)
  return hash
}

/** The default import is used because a build without argon2 has no such name to import, and would fail without saying why. */
function derive({ password, salt, cost, hashLength }: Derivation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parameters = {
      message: Buffer.from(password, 'utf8'),
      nonce: salt,
      memory: cost.memoryKibibytes,
      passes: cost.passes,
      parallelism: cost.lanes,
      tagLength: hashLength,
    }
    crypto.argon2('argon2id', parameters, (failure, hash) => (failure === null ? resolve(hash) : reject(failure)))
  })
}

interface ExpectedHash {
  readonly cost: Cost
  readonly salt: Buffer
  readonly hash: Buffer
}

function nobodysHash(): ExpectedHash {
  return { cost: CURRENT, salt: takeRandomBytes(SALT_LENGTH), hash: takeRandomBytes(HASH_LENGTH) }
}

function parse(phc: string): ExpectedHash {
  const [, memory, passes, lanes, salt = '', hash = ''] = PHC.exec(phc) ?? []
  const cost = { memoryKibibytes: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  const isBearable =
    cost.memoryKibibytes <= MEMORY_KIBIBYTES_MAX && cost.passes <= PASSES_MAX && cost.lanes <= LANES_MAX
  // A pattern without a match makes every cost NaN, which no limit is above.
  if (!isBearable) throw new VaultFault('a stored password hash is damaged')
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

/** PHC strings carry base64 without padding. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
