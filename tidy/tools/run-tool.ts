import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../source/repository-root.ts'

/** Where the launcher of each development tool lies, seen from the repository; run by the Node that runs the test. */
const launchers = {
  knip: 'node_modules/knip/bin/knip.js',
  oxfmt: 'node_modules/oxfmt/bin/oxfmt',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  tsc: 'node_modules/typescript/bin/tsc',
} as const

/** What a tool said: exit status (`null`: killed by a signal), and its two outputs as text. */
export interface ToolRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a development tool to its end in `folder`; throws when it cannot be started at all. */
export function runTool(
  tool: keyof typeof launchers,
  args: readonly string[],
  folder: string = repositoryRoot,
): ToolRun {
  const run = spawnSync(process.execPath, [join(repositoryRoot, launchers[tool]), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.error !== undefined) throw run.error
  return run
}
