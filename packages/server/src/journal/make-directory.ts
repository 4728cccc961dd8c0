import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a directory that only its owner may enter, and those above it that are missing; one that is there stays as it is.
 *
 * Node's own recursive `mkdir` never returns for a name below a directory that refuses it with ENOENT, as /proc does (seen with 26.10).
 */
export function makeDirectory(path: string): void {
  if (existsSync(path)) return
  const above = dirname(path)
  if (!existsSync(above)) makeDirectory(above)
  mkdirSync(path, { mode: 0o700 })
}
