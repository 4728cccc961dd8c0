/** Changing the master key: nothing that it protects is encrypted anew, only the installation keys are wrapped again. */
import { join } from 'node:path'
import { INSTALLATION_KEY_FILE, wrapInstallationKeys } from './installation-key.ts'
import {
  createMasterKeyFile,
  isAbsentMasterKeyFile,
  newMasterKey,
  parseMasterKey,
  readMasterKey,
  type MasterKeySource,
} from './master-key.ts'
import { removeLeftovers, replacePrivateFile } from './private-file.ts'
import { VaultFault } from './vault-fault.ts'

export interface MasterKeyRotation {
  readonly dataDirectory: string
  readonly from: MasterKeySource
  /** The file of `from` gets a new random key, and so does a file that does not exist; any other source must give the new key already. */
  readonly to: MasterKeySource
}

/**
 * After it `to` opens the installation and the old key does not. Killed at any step (M-08), the installation opens with `from` or
 * with `to` as they then are, and running it again finishes.
 */
export async function rewrapInstallationKey(rotation: MasterKeyRotation): Promise<void> {
  const { dataDirectory, from, to } = rotation
  const oldKey = await readMasterKey(from)
  if (from.kind === 'file' && to.kind === 'file' && from.path === to.path) {
    await replaceMasterKeyFile({ dataDirectory, path: to.path, oldKey })
  } else {
    await moveToSource(rotation, oldKey)
  }
  if (to.kind === 'file') await removeLeftovers(to.path)
  await removeLeftovers(join(dataDirectory, INSTALLATION_KEY_FILE))
}

async function moveToSource({ dataDirectory, to }: MasterKeyRotation, oldKey: Buffer): Promise<void> {
  if (to.kind === 'file' && (await isAbsentMasterKeyFile(to))) await createMasterKeyFile(to.path)
  const newKey = await readMasterKey(to)
  if (newKey.equals(oldKey)) throw new VaultFault('the new master key is the old one')
  await wrapInstallationKeys(dataDirectory, { opens: oldKey, wrapWith: [newKey] })
}

interface FileReplacement {
  readonly dataDirectory: string
  readonly path: string
  readonly oldKey: Buffer
}

/** Two files change and a crash may come between: meanwhile the installation opens with the old and with the new key. */
async function replaceMasterKeyFile({ dataDirectory, path, oldKey }: FileReplacement): Promise<void> {
  const text = newMasterKey()
  const newKey = parseMasterKey(text, 'the new master key')
  await wrapInstallationKeys(dataDirectory, { opens: oldKey, wrapWith: [oldKey, newKey] })
  await replacePrivateFile(path, `${text}\n`)
  await wrapInstallationKeys(dataDirectory, { opens: newKey, wrapWith: [newKey] })
}
