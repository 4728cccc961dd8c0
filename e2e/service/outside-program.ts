/** Programs that nobody here wrote, run as they are. */
import { execFile } from 'node:child_process'
import type { Ended } from './iamd-process.ts'

/** What tests say when a program that they run is not there. */
export const SETUP_REMEDY = 'install it with `npm run test:setup`'

/**
 * Runs a program to its end with the given environment and nothing of the caller's own AWS settings. Rejects when it is
 * not installed.
 */
export function runProgram(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...inherited(), ...env }, maxBuffer: 64 * 1024 * 1024 }
    const child = execFile(program, words, options, (error, stdout, stderr) => {
      const isMissing = (error !== null && error.code === 'ENOENT') || child.exitCode === 127
      if (isMissing) reject(new Error(`\`${program}\` is not there; ${SETUP_REMEDY}`))
      else resolve({ code: child.exitCode, stdout, stderr })
    })
    child.stdin?.end()
  })
}

// What a program needs to be found and to start; the rest of the environment could name other keys and other endpoints.
function inherited(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, TMPDIR, LC_ALL: 'C.UTF-8', AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' }
}
