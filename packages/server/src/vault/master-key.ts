/**
 * Where the master key comes from: a 0600 file, an environment variable, or the output of a command (a key manager's client).
 * In each it is base64 of 32 bytes. No failure message holds any of what was read.
 */
import { execFile } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { KEY_LENGTH } from './aead.ts'
import { createPrivateFile, readPrivateFile } from './private-file.ts'
import { VaultFault } from './vault-fault.ts'

export const MASTER_KEY_VARIABLE = 'IAMD_MASTER_KEY'
export const MASTER_KEY_FILE = 'master.key'

const COMMAND_MILLISECONDS_MAX = 30_000
const COMMAND_OUTPUT_LENGTH_MAX = 4096
/** 32 bytes in base64, padding included. */
const BASE64_KEY = /^[A-Za-z0-9+/]{43}=$/

export type MasterKeySource =
  | { readonly kind: 'file'; readonly path: string }
  /** `value` is the content of the environment variable IAMD_MASTER_KEY. */
  | { readonly kind: 'environment'; readonly value: string | undefined }
  /** Program and arguments, run without a shell; it prints the key. */
  | { readonly kind: 'command'; readonly argv: readonly string[] }

/** Reads the key. Throws VaultFault if it is absent, exposed or malformed. */
export async function readMasterKey(source: MasterKeySource): Promise<Buffer> {
  return parseMasterKey(await readText(source), nameOf(source))
}

/** The 32 bytes; throws VaultFault, calling the key `name`, if the text is not their base64 or they are no key. */
export function parseMasterKey(text: string, name: string): Buffer {
  const trimmed = text.trim()
  if (!BASE64_KEY.test(trimmed)) throw new VaultFault(`${name} does not hold 32 bytes in base64`)
  const key = Buffer.from(trimmed, 'base64')
  // M-02: a placeholder (all zeros, one byte repeated) is nobody's secret.
  if (key.every((byte) => byte === key[0])) throw new VaultFault(`${name} holds one byte repeated, which is no key`)
  return key
}

/** True only for a file that does not exist yet: the one source that we can write. */
export async function isAbsentMasterKeyFile(source: MasterKeySource): Promise<boolean> {
  return source.kind === 'file' && (await readPrivateFile(source.path)) === undefined
}

/** Writes a new random master key unless the file exists. */
export async function createMasterKeyFile(path: string): Promise<void> {
  await createPrivateFile(path, `${newMasterKey()}\n`)
}

/** 32 random bytes, in the form in which every source carries them. */
export function newMasterKey(): string {
  return randomBytes(KEY_LENGTH).toString('base64')
}

/** Tells master keys apart in files and messages without showing anything of them: 16 hex digits. */
export function masterKeyId(masterKey: Buffer): string {
  return createHmac('sha256', masterKey).update('iamd/1/master-key-id').digest('hex').slice(0, 16)
}

/**
 * The argv of `--master-key-command`: a JSON array of strings, or words between spaces (no quoting, no expansion).
 * Throws VaultFault if it names no program.
 */
export function parseMasterKeyCommand(text: string): readonly string[] {
  const argv = text.trimStart().startsWith('[') ? parseJsonWords(text) : text.split(/\s+/).filter((word) => word !== '')
  if ((argv[0] ?? '') === '') throw new VaultFault(`the master key command \`${text}\` names no program`)
  return argv
}

function parseJsonWords(text: string): string[] {
  const words: unknown = parseJson(text)
  if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words
  throw new VaultFault(`the master key command \`${text}\` is not a JSON array of strings`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function nameOf(source: MasterKeySource): string {
  switch (source.kind) {
    case 'file':
      return `the master key file \`${source.path}\``
    case 'environment':
      return `the environment variable ${MASTER_KEY_VARIABLE}`
    case 'command':
      return `the master key command \`${source.argv[0] ?? ''}\``
  }
}

async function readText(source: MasterKeySource): Promise<string> {
  switch (source.kind) {
    case 'file': {
      const text = await readPrivateFile(source.path)
      if (text === undefined)
        throw new VaultFault(`${nameOf(source)} does not exist; put it back from where you keep it`)
      return text
    }
    case 'environment':
      if (source.value === undefined) throw new VaultFault(`${nameOf(source)} is not set`)
      return source.value
    case 'command':
      return runCommand(source.argv)
  }
}

function runCommand(argv: readonly string[]): Promise<string> {
  const [program = '', ...words] = argv
  const options = { timeout: COMMAND_MILLISECONDS_MAX, maxBuffer: COMMAND_OUTPUT_LENGTH_MAX, shell: false }
  return new Promise((resolve, reject) => {
    execFile(program, words, options, (failure, stdout) => {
      if (failure === null) resolve(stdout)
      else reject(new VaultFault(`the master key command \`${program}\` failed: ${reasonOf(failure)}`))
    })
  })
}

/** What went wrong in words of ours: Node's message would repeat the arguments and what the command wrote to stderr. */
function reasonOf(failure: Error & { readonly code?: unknown; readonly killed?: boolean }): string {
  if (failure.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return `it printed more than ${COMMAND_OUTPUT_LENGTH_MAX} bytes`
  if (failure.killed === true) return `it took longer than ${COMMAND_MILLISECONDS_MAX / 1000} s`
  return typeof failure.code === 'number'
    ? `it exited with ${failure.code}`
    : `it did not run (${String(failure.code)})`
}
