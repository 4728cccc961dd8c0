import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

import { Failure, reasonOf } from '../failure.ts'
import { readOrEmpty } from './aws-files.ts'

/**
 * Changes a file that holds secrets: readers see the old text or the new one, never a part; the mode is 0600 after it;
 * a symbolic link stays one; a folder that is missing is made with 0700. If another process changed the file
 * meanwhile, the edit is done again on what it wrote.
 */
export async function editSecretFile(path: string, edit: (text: string) => string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const target = await realpathOrItself(path)
    for (let tries = 0; tries < 5; tries += 1) {
      const before = await readOrEmpty(target)
      if (await replaceIfStill(target, { before, after: edit(before) })) return
    }
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure(`cannot write \`${path}\`: ${reasonOf(error)}`, { cause: error })
  }
  throw new Failure(`cannot write \`${path}\`: another program keeps changing it`)
}

/** Rejects if the file could not be replaced later, so that one knows before a secret depends on it. */
export async function assertReplaceable(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await access(dirname(await realpathOrItself(path)), constants.W_OK)
  } catch (error) {
    throw new Failure(`cannot write \`${path}\`: ${reasonOf(error)}`, { cause: error })
  }
}

async function replaceIfStill(target: string, { before, after }: { before: string; after: string }): Promise<boolean> {
  const temporary = `${target}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(after, 'latin1')
      await giveToOwnerOf(target, file)
      await file.sync()
    } finally {
      await file.close()
    }
    if ((await readOrEmpty(target)) !== before) {
      await unlink(temporary)
      return false
    }
    await rename(temporary, target)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(target))
  return true
}

// Root editing another user's file, as under sudo, must not take it away from that user.
async function giveToOwnerOf(target: string, file: { chown: (uid: number, gid: number) => Promise<void> }) {
  const owner = await stat(target).catch(() => undefined)
  if (owner !== undefined && process.getuid?.() === 0) await file.chown(owner.uid, owner.gid)
}

async function realpathOrItself(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return path
    throw error
  }
}

/** Makes the names in a folder durable; on Windows, which has no folder handles to sync, they are already. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
