import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { LoadJob, LoadResult } from '../processes/load-generator.ts'

const GENERATOR = fileURLToPath(new URL('../processes/load-generator.ts', import.meta.url))

/** Runs a job in a load generator of its own process, and throws where that fails. */
export async function runLoad(job: LoadJob): Promise<LoadResult> {
  const child = spawn(process.execPath, [GENERATOR], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(job))
  const printed = await text(child.stdout)
  if (printed === '') throw new Error('the load generator printed no result')
  const result: LoadResult = JSON.parse(printed)
  return result
}
