import { spawnSync } from 'node:child_process'

/** A program that is measured in a process of its own, alone, until it ends. */
export interface Program {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

const OUTPUT_BYTES_MAX = 1 << 24

/** What the program prints. Throws when it fails. */
export function runProgram({ name, command, args }: Program, input: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
  })
  if (error !== undefined) throw new Error(`${name} could not be started`, { cause: error })
  if (status !== 0) throw new Error(`${name} failed:\n${stderr}`)
  return stdout
}
