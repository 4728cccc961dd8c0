/** The Chromium of the machine, as `npm run test:setup` installs it. */
import { spawnSync } from 'node:child_process'
import { type Browser, chromium } from 'playwright-core'

/** Throws one line that says what to do where there is no Chromium. */
export async function openChromium(): Promise<Browser> {
  const executablePath = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).stdout.trim()
  if (executablePath === '') throw new Error('no `chromium` on the PATH; run `npm run test:setup`')
  // As root, as in containers, Chromium has no sandbox of its own; the page is ours.
  return chromium.launch({ executablePath, chromiumSandbox: false })
}
