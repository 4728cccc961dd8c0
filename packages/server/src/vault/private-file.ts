/** Files that only their owner may read: made with mode 0600 (M-09), durable before they are used, and refused when exposed. */
import { randomUUID } from 'node:crypto'
import { link, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { VaultFault } from './vault-fault.ts'

/** Longest key file that is read, in bytes; ours have a few hundred. */
const LENGTH_MAX = 1 << 20
const GROUP_OR_WORLD = 0o077

/** The text, or undefined if there is no such file. Throws VaultFault if group or world may do anything with it. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    if (isErrno(cause, 'ENOENT')) return undefined
    throw new VaultFault(`cannot read \`${path}\`: ${messageOf(cause)}`, { cause })
  })
  if (file === undefined) return undefined
  try {
    const { mode, size } = await file.stat()
    if (process.platform !== 'win32' && (mode & GROUP_OR_WORLD) !== 0) throw exposed(path, mode)
    if (size > LENGTH_MAX) throw new VaultFault(`\`${path}\` has ${size} bytes; a key file is smaller`)
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** Makes a file that did not exist; false if it does, and then it is left alone. Never half-written. */
export async function createPrivateFile(path: string, text: string): Promise<boolean> {
  const temporary = await writeTemporary(path, text)
  try {
    await link(temporary, path)
  } catch (cause) {
    if (isErrno(cause, 'EEXIST')) return false
    throw new VaultFault(`cannot create \`${path}\`: ${messageOf(cause)}`, { cause })
  } finally {
    await unlink(temporary)
  }
  await syncDirectory(dirname(path))
  return true
}

/** Puts the new text in the place of the old in one step: after a crash there is one or the other. */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  const temporary = await writeTemporary(path, text)
  await rename(temporary, path)
  await syncDirectory(dirname(path))
}

async function writeTemporary(path: string, text: string): Promise<string> {
  const temporary = `${path}.${randomUUID()}.tmp`
  const file = await open(temporary, 'wx', 0o600).catch((cause: unknown) => {
    throw new VaultFault(`cannot write beside \`${path}\`: ${messageOf(cause)}`, { cause })
  })
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return temporary
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory; NTFS journals the rename itself.
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

function exposed(path: string, mode: number): VaultFault {
  const octal = (mode & 0o777).toString(8).padStart(4, '0')
  return new VaultFault(
    `\`${path}\` has mode ${octal}: others can read it; run \`chmod 600 ${path}\` and rotate the key`,
  )
}

function isErrno(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
