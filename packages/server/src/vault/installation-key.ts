/**
 * `installation.key.json`: the installation keys, newest first, each wrapped by the master key.
 *
 * While the master key is being changed a key carries two wrappings, by the old and by the new master key, so that a crash at
 * any step leaves a file that opens with whichever master key is then in its place (M-08).
 */
import { join } from 'node:path'
import { decrypt, encrypt } from './aead.ts'
import { newInstallationKey, type InstallationKey } from './key-ring.ts'
import {
  createMasterKeyFile,
  isAbsentMasterKeyFile,
  masterKeyId,
  readMasterKey,
  type MasterKeySource,
} from './master-key.ts'
import { createPrivateFile, readPrivateFile, replacePrivateFile } from './private-file.ts'
import { VaultFault } from './vault-fault.ts'

export const INSTALLATION_KEY_FILE = 'installation.key.json'

const VERSION = 1

/** A key encrypted under one master key, base64 of nonce || ciphertext || tag. */
interface Wrapping {
  readonly masterKeyId: string
  readonly wrapped: string
}

interface WrappedKey {
  readonly keyId: string
  readonly wrappings: readonly Wrapping[]
}

interface KeyFile {
  readonly version: typeof VERSION
  readonly keys: readonly WrappedKey[]
}

export interface InstallationKeyOptions {
  readonly dataDirectory: string
  readonly masterKey: MasterKeySource
  readonly mayCreateKeys: boolean
}

/** The keys, newest first; on a first start (mayCreateKeys) they are made. Throws VaultFault. */
export async function loadInstallationKeys(options: InstallationKeyOptions): Promise<readonly InstallationKey[]> {
  const path = join(options.dataDirectory, INSTALLATION_KEY_FILE)
  if ((await readPrivateFile(path)) === undefined) await createKeyFile(path, options)
  return unwrapAll(await readKeyFile(path), await readMasterKey(options.masterKey), path)
}

/** Puts a new key in front, and returns all. */
export async function addInstallationKey(
  options: Omit<InstallationKeyOptions, 'mayCreateKeys'>,
): Promise<readonly InstallationKey[]> {
  const path = join(options.dataDirectory, INSTALLATION_KEY_FILE)
  const masterKey = await readMasterKey(options.masterKey)
  const file = await readKeyFile(path)
  const keys = [newInstallationKey(), ...unwrapAll(file, masterKey, path)]
  await replacePrivateFile(path, format(keys.map((key) => ({ keyId: key.keyId, wrappings: [wrap(key, masterKey)] }))))
  return keys
}

/** Master keys for wrapping again: the one that opens the file now, and those that shall. */
export interface Rewrapping {
  readonly opens: Buffer
  readonly wrapWith: readonly Buffer[]
}

/** Writes the file, in one step, so that each of `wrapWith` opens it and no other master key does. */
export async function wrapInstallationKeys(dataDirectory: string, { opens, wrapWith }: Rewrapping): Promise<void> {
  const path = join(dataDirectory, INSTALLATION_KEY_FILE)
  const keys = unwrapAll(await readKeyFile(path), opens, path)
  const wrapped = keys.map((key) => ({
    keyId: key.keyId,
    wrappings: wrapWith.map((masterKey) => wrap(key, masterKey)),
  }))
  await replacePrivateFile(path, format(wrapped))
}

async function createKeyFile(path: string, { masterKey, mayCreateKeys }: InstallationKeyOptions): Promise<void> {
  if (!mayCreateKeys) {
    throw new VaultFault(`\`${path}\` does not exist; without it no stored secret opens: put it back from a backup`)
  }
  if (masterKey.kind === 'file' && (await isAbsentMasterKeyFile(masterKey))) await createMasterKeyFile(masterKey.path)
  const key = newInstallationKey()
  // When another process was faster its file stands, and is what we read next.
  await createPrivateFile(path, format([{ keyId: key.keyId, wrappings: [wrap(key, await readMasterKey(masterKey))] }]))
}

function wrap({ keyId, key }: InstallationKey, masterKey: Buffer): Wrapping {
  const wrapped = encrypt(masterKey, { content: key, associated: associatedData(keyId) })
  return { masterKeyId: masterKeyId(masterKey), wrapped: wrapped.toString('base64') }
}

function unwrapAll(file: KeyFile, masterKey: Buffer, path: string): readonly InstallationKey[] {
  const id = masterKeyId(masterKey)
  return file.keys.map(({ keyId, wrappings }) => {
    const wrapping = wrappings.find((one) => one.masterKeyId === id)
    if (wrapping === undefined) throw wrongMasterKey(path, id, wrappings)
    const key = decrypt(masterKey, {
      content: Buffer.from(wrapping.wrapped, 'base64'),
      associated: associatedData(keyId),
    })
    if (key === undefined) throw damaged(path)
    return { keyId, key }
  })
}

function associatedData(keyId: string): Buffer {
  return Buffer.from(JSON.stringify(['iamd/1/installation-key', keyId]), 'utf8')
}

function format(keys: readonly WrappedKey[]): string {
  const file: KeyFile = { version: VERSION, keys }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

async function readKeyFile(path: string): Promise<KeyFile> {
  const text = await readPrivateFile(path)
  if (text === undefined) throw damaged(path)
  const file: unknown = parseJson(text)
  if (hasVersion(file) && file.version !== VERSION) {
    throw new VaultFault(`\`${path}\` has version ${String(file.version)}; this iamd reads version ${VERSION}`)
  }
  if (!isKeyFile(file)) throw damaged(path)
  return file
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function hasVersion(value: unknown): value is { readonly version: unknown } {
  return isRecord(value) && 'version' in value
}

function isKeyFile(value: unknown): value is KeyFile {
  return (
    isRecord(value) && Array.isArray(value['keys']) && value['keys'].length > 0 && value['keys'].every(isWrappedKey)
  )
}

function isWrappedKey(value: unknown): value is WrappedKey {
  if (!isRecord(value) || typeof value['keyId'] !== 'string' || !/^[0-9a-f]{8}$/.test(value['keyId'])) return false
  return Array.isArray(value['wrappings']) && value['wrappings'].every(isWrapping)
}

function isWrapping(value: unknown): value is Wrapping {
  return isRecord(value) && typeof value['masterKeyId'] === 'string' && typeof value['wrapped'] === 'string'
}

function wrongMasterKey(path: string, id: string, wrappings: readonly Wrapping[]): VaultFault {
  const wanted = wrappings.map((wrapping) => wrapping.masterKeyId).join(' or ')
  return new VaultFault(`\`${path}\` needs the master key ${wanted}, and the one given is ${id}`)
}

function damaged(path: string): VaultFault {
  return new VaultFault(`\`${path}\` is damaged; put it back from a backup`)
}
