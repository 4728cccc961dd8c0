/** Files that only their owner may read: made with mode 0600 (M-09), durable before they are used, and refused when exposed. */
import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { VaultFault } from './vault-fault.ts'

/** Longest key file that is read, in bytes; ours have a few hundred. */
const LENGTH_MAX = 1 << 20
const GROUP_OR_WORLD = 0o077
const TEMPORARY_ENDING = '.tmp'

/** The text, or undefined if there is no such file. Throws VaultFault if group or world may do anything with it. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await saying(`cannot read \`${path}\``, () => openExisting(path))
  if (file === undefined) return undefined
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new VaultFault(`\`${path}\` is no file`)
    if (process.platform !== 'win32' && (found.mode & GROUP_OR_WORLD) !== 0) throw exposed(path, found.mode)
    if (found.size > LENGTH_MAX) throw new VaultFault(`\`${path}\` has ${found.size} bytes; a key file is smaller`)
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return undefined
    throw cause
  }
}

/** Makes a file that did not exist; false if it does, and then it is left alone. Never half-written. */
export function createPrivateFile(path: string, text: string): Promise<boolean> {
  return saying(`cannot create \`${path}\``, async () => {
    const temporary = await writeTemporary(path, text)
    try {
      await link(temporary, path)
    } catch (cause) {
      if (isErrno(cause, 'EEXIST')) return false
      throw cause
    } finally {
      await unlink(temporary)
    }
    await syncDirectory(dirname(path))
    return true
  })
}

/** Puts the new text in the place of the old in one step: after a crash there is one or the other. */
export function replacePrivateFile(path: string, text: string): Promise<void> {
  return saying(`cannot replace \`${path}\``, async () => {
    await rename(await writeTemporary(path, text), path)
    await syncDirectory(dirname(path))
  })
}

/** Removes what writers of this file that were killed have left beside it. Only while nobody else is writing it. */
export function removeLeftovers(path: string): Promise<void> {
  return saying(`cannot clear away what is left beside \`${path}\``, async () => {
    const leftovers = (await readdir(dirname(path))).filter((name) => isTemporaryOf(basename(path), name))
    for (const name of leftovers) await unlink(join(dirname(path), name))
  })
}

/** Makes a directory that only its owner may enter, unless it exists. */
export function makePrivateDirectory(path: string): Promise<void> {
  return saying(`cannot make the data directory \`${path}\``, async () => {
    const made = await mkdir(path, { recursive: true, mode: 0o700 })
    if (made !== undefined) await syncDirectory(dirname(made))
  })
}

async function writeTemporary(path: string, text: string): Promise<string> {
  const temporary = `${path}.${randomUUID()}${TEMPORARY_ENDING}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } catch (cause) {
    await unlink(temporary)
    throw cause
  } finally {
    await file.close()
  }
  return temporary
}

function isTemporaryOf(name: string, candidate: string): boolean {
  return candidate.startsWith(`${name}.`) && candidate.endsWith(TEMPORARY_ENDING)
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

/** Wraps what the file system says, once, in the line that the operator reads. */
async function saying<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (cause) {
    throw new VaultFault(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
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
