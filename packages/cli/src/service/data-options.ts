import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

import type { Command } from 'commander'
import type { MasterKeySource } from '@iamd/server'

import type { CommandIo } from '../terminal.ts'
import { wrongUsage } from '../failure.ts'

/** The options that name a data directory and the key to it, as they were typed. */
export type DataOptions = {
  readonly data?: string
  readonly masterKeyFile?: string
  readonly masterKeyCommand?: string
}

/** A data directory and where its master key comes from. */
export type DataPlace = { readonly dataDirectory: string; readonly masterKey: MasterKeySource }

/** Adds `--data`, `--master-key-file` and `--master-key-command`. */
export function declareDataOptions(command: Command): void {
  command
    .option('--data <directory>', 'data directory; default: $XDG_DATA_HOME/iamd, or ~/.local/share/iamd')
    .option('--master-key-file <file>', 'file with the master key (0600); default: master.key in the data directory')
    .option(
      '--master-key-command <command>',
      'program that prints the master key: words between spaces, or a JSON array; default: $IAMD_MASTER_KEY, the file',
    )
}

/** What the options and the environment name. The command wins over the file, both over IAMD_MASTER_KEY. */
export async function dataPlaceOf(options: DataOptions, env: CommandIo['env']): Promise<DataPlace> {
  const dataDirectory = resolve(options.data ?? defaultDataDirectory(env))
  return { dataDirectory, masterKey: await masterKeyOf(dataDirectory, options, env) }
}

async function masterKeyOf(
  dataDirectory: string,
  { masterKeyFile, masterKeyCommand }: DataOptions,
  env: CommandIo['env'],
): Promise<MasterKeySource> {
  const { MASTER_KEY_FILE, MASTER_KEY_VARIABLE, parseMasterKeyCommand } = await import('@iamd/server')
  if (masterKeyCommand !== undefined && masterKeyFile !== undefined) {
    throw wrongUsage('`--master-key-command` and `--master-key-file` are two keys', 'give one of them')
  }
  if (masterKeyCommand !== undefined) return { kind: 'command', argv: parseMasterKeyCommand(masterKeyCommand) }
  if (masterKeyFile !== undefined) return { kind: 'file', path: resolve(masterKeyFile) }
  const value = env[MASTER_KEY_VARIABLE]
  if (value !== undefined) return { kind: 'environment', value }
  return { kind: 'file', path: join(dataDirectory, MASTER_KEY_FILE) }
}

// XDG Base Directory Specification; on Windows the place for data that does not roam.
function defaultDataDirectory(env: CommandIo['env']): string {
  if (process.platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'iamd', 'data')
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'iamd')
}
