/**
 * A real file system of a few megabytes for one test: it can be full, and it can be mounted read-only. It lies in a mount
 * namespace of its own, so that nobody else sees it, and it is gone with the process that holds the namespace.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, realpathSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from '../crash/rounds.ts'

const BALLAST_FILE = 'ballast'
const BLOCK_BYTES = 4_096

/** As root in its own namespace, or as anybody who may make a namespace of users in which it is root. */
const NAMESPACES: readonly { readonly unshare: readonly string[]; readonly enter: readonly string[] }[] = [
  { unshare: ['--mount'], enter: ['--mount'] },
  { unshare: ['--user', '--map-root-user', '--mount'], enter: ['--user', '--preserve-credentials', '--mount'] },
]

export class SmallDisk implements AsyncDisposable {
  /** As processes see it that `command` starts; for others it is an empty directory. */
  readonly directory: string
  readonly #holder: ChildProcess
  readonly #enter: readonly string[]

  private constructor(directory: string, holder: ChildProcess, enter: readonly string[]) {
    this.directory = directory
    this.#holder = holder
    this.#enter = enter
  }

  /** Throws an error of one line, with what is missing, where nothing can be mounted. */
  static async mount(megabytes: number): Promise<SmallDisk> {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), 'iamd-small-disk-')))
    // Its standard input is this process's end of a pipe: it ends with the test, however that ends.
    const script = `mount -t tmpfs -o size=${megabytes}m,mode=700 tmpfs "$1" && echo mounted && exec cat`
    for (const { unshare, enter } of NAMESPACES) {
      const holder = spawn('unshare', [...unshare, 'sh', '-c', script, 'sh', directory], {
        stdio: ['pipe', 'pipe', 'ignore'],
      })
      const isMounted = await Promise.race([
        once(holder.stdout, 'data').then(() => true),
        once(holder, 'exit').then(
          () => false,
          () => false,
        ),
      ])
      if (isMounted) return new SmallDisk(directory, holder, enter)
    }
    rmdirSync(directory)
    throw new Error(
      'this test mounts a small file system: run it on Linux with util-linux, as root with CAP_SYS_ADMIN ' +
        '(docker run --cap-add SYS_ADMIN) or where users may make namespaces (unshare --user --mount)',
    )
  }

  /** The command as it has to be started to see the disk. */
  command({ file, args, ...more }: Command): Command {
    return { ...more, file: 'nsenter', args: [...this.#entering(), file, ...args] }
  }

  /** Takes all the room but so much. */
  fill(leftBytes = 0): void {
    const { bavail, bsize } = statfsSync(this.#outside)
    const descriptor = openSync(join(this.#outside, BALLAST_FILE), 'a')
    const block = Buffer.alloc(BLOCK_BYTES, 1)
    try {
      for (let left = bavail * bsize - leftBytes; left > 0; left -= BLOCK_BYTES) writeSync(descriptor, block)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    } finally {
      closeSync(descriptor)
    }
  }

  /** Gives back the room that `fill` has taken. */
  free(): void {
    rmSync(join(this.#outside, BALLAST_FILE), { force: true })
  }

  /** Throws while a process has a file open to write to it: the kernel refuses. */
  setReadOnly(isReadOnly: boolean): void {
    this.#run('mount', '-o', `remount,bind,${isReadOnly ? 'ro' : 'rw'}`, this.directory)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#holder, 'close')
    this.#holder.kill('SIGKILL')
    await ended
    rmdirSync(this.directory)
  }

  /** Where processes outside reach it. */
  get #outside(): string {
    return `/proc/${this.#holder.pid}/root${this.directory}`
  }

  #entering(): readonly string[] {
    return ['--target', `${this.#holder.pid}`, ...this.#enter]
  }

  #run(...command: readonly string[]): void {
    const { status, stderr } = spawnSync('nsenter', [...this.#entering(), ...command], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`\`${command.join(' ')}\` failed: ${stderr.trim()}`)
  }
}
