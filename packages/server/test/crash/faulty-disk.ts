/** The disk of a process under test: it loses its power, or fails at a chosen call. What it does is in disk/disk.h. */

import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sources = fileURLToPath(new URL('./disk', import.meta.url))

export interface FaultyDisk {
  /** Absolute and without symbolic links. */
  readonly directory: string
  /** Where what would survive a loss of power is kept; without it only faults are made. */
  readonly durable?: string
  /** Of 1,000 sectors that are written and not synced, how many reach the disk all the same. */
  readonly early?: number
  readonly seed?: number
  /** Whether what an earlier process left un-synced still is to be synced; otherwise its syncs had failed. */
  readonly isCarried?: boolean
  /** The file that `setFault` writes. */
  readonly faults?: string
}

/** Environment variables that put the disk under a process. Throws an error of one line when it cannot be compiled here. */
export function environmentOf({
  directory,
  durable,
  early = 0,
  seed = 0,
  ...more
}: FaultyDisk): Record<string, string> {
  return {
    LD_PRELOAD: compileDisk(),
    // Node must not write around the C library.
    UV_USE_IO_URING: '0',
    FAULTY_DISK_DIRECTORY: directory,
    FAULTY_DISK_EARLY: `${early}`,
    FAULTY_DISK_SEED: `${seed}`,
    ...(durable !== undefined && { FAULTY_DISK_DURABLE: durable }),
    ...(more.isCarried && { FAULTY_DISK_CARRY: '1' }),
    ...(more.faults !== undefined && { FAULTY_DISK_FAULTS: more.faults }),
  }
}

/** Takes the files of a directory as what is on the disk already. */
export function startDurable(directory: string, durable: string): void {
  rmSync(durable, { recursive: true, force: true })
  mkdirSync(durable, { recursive: true })
  const names = existsSync(directory) ? readdirSync(directory) : []
  for (const [index, name] of names.entries()) copyFileSync(join(directory, name), join(durable, `o${index + 1}`))
  writeFileSync(join(durable, 'names'), names.map((name, index) => `L ${index + 1} ${name}\n`).join(''))
}

/** Makes the directory what is left of it when the power has gone. */
export function losePower(directory: string, durable: string): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const idByName = new Map<string, string>()
  for (const line of readFileSync(join(durable, 'names'), 'utf8').split('\n')) {
    const [, link, unlink] = /^(?:L (\d+ .+)|U (.+))$/.exec(line) ?? []
    if (unlink !== undefined) idByName.delete(unlink)
    const [id, name] = link?.split(/ (.+)/) ?? []
    if (id !== undefined && name !== undefined) idByName.set(name, id)
  }
  for (const [name, id] of idByName) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    copyFileSync(join(durable, `o${id}`), join(directory, name))
  }
}

/** Which calls: `o` open for writing, `n` create, rename or unlink, `w` write, `g` make a file or make it longer, `s` sync. */
export interface Fault {
  readonly kinds: string
  /** Counted from 1, from now on. */
  readonly call: number
  readonly what: 'EIO' | 'ENOSPC' | 'EROFS' | 'HALF' | 'KILL'
  readonly how: 'once' | 'always'
}

/** Arms the file of a disk with a fault, or lets the disk get well. */
export function setFault(faults: string, fault: Fault | undefined): void {
  if (fault !== undefined) rmSync(`${faults}.fired`, { force: true })
  const text =
    fault === undefined ? '' : `${process.hrtime.bigint()} ${fault.kinds} ${fault.call} ${fault.what} ${fault.how}`
  // Whole or not at all: the process under test reads it at any moment.
  writeFileSync(`${faults}.new`, text)
  renameSync(`${faults}.new`, faults)
}

/** Whether the fault that was armed last has happened. */
export function hasFired(faults: string): boolean {
  return existsSync(`${faults}.fired`)
}

// The library declares the paths of its functions as never NULL; the ones that stand before them may be called with it.
const OPTIONS: readonly string[] = ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-Wno-nonnull-compare']

/** The compiled disk; it is compiled once for each state of its source. */
function compileDisk(): string {
  if (process.platform !== 'linux') throw new Error('the disk that fails is for Linux: run the crash tests there')
  const names = readdirSync(sources).toSorted()
  const text = names.map((name) => readFileSync(join(sources, name), 'utf8')).join('')
  const library = join(tmpdir(), `iamd-faulty-disk-${hash('sha256', text).slice(0, 16)}.so`)
  if (existsSync(library)) return library
  const unfinished = `${library}.${process.pid}`
  const files = names.filter((name) => name.endsWith('.c')).map((name) => join(sources, name))
  const compiler = spawnSync('gcc', [...OPTIONS, '-o', unfinished, ...files, '-ldl', '-lpthread'], { encoding: 'utf8' })
  if (compiler.error !== undefined) {
    throw new Error('the crash tests need a C compiler: apt-get install gcc libc6-dev', { cause: compiler.error })
  }
  if (compiler.status !== 0) throw new Error(`the disk that fails does not compile: ${compiler.stderr}`)
  renameSync(unfinished, library)
  return library
}
