/** What the kernel says about a process and those that it started. Linux only: the figures come from /proc. */
import { readdirSync, readFileSync } from 'node:fs'

/** Ticks of the times in /proc per second: 100 on every Linux that Node runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100

/** CPU seconds, user and system, of the process and all below it. */
export function cpuSeconds(pid: number): number {
  return sum(family(pid).map((member) => timesOf(`/proc/${member}/stat`)))
}

/** CPU seconds of every thread of the process and all below it, by `pid/tid`. */
export function threadSeconds(pid: number): ReadonlyMap<string, number> {
  return new Map(
    family(pid).flatMap((member) =>
      readdirSync(`/proc/${member}/task`).map((thread): [string, number] => [
        `${member}/${thread}`,
        timesOf(`/proc/${member}/task/${thread}/stat`),
      ]),
    ),
  )
}

/** Resident memory in MB (10^6 bytes) of the process and all below it; pages that they share count once for each. */
export function residentMegabytes(pid: number): number {
  const kibibytes = family(pid).map((member) =>
    Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0),
  )
  return (sum(kibibytes) * 1024) / 1e6
}

/** Fields 14 and 15 of proc_pid_stat(5); the name in field 2 may hold anything, so that what follows its bracket is counted. */
function timesOf(file: string): number {
  const fields = afterName(readFileSync(file, 'utf8'))
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

function family(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const parent = parentOf(Number(entry))
    if (parent !== undefined) parents.set(Number(entry), parent)
  }
  const members = [pid]
  for (const member of members) for (const [child, parent] of parents) if (parent === member) members.push(child)
  return members
}

/** Undefined when the process has ended since it was listed. */
function parentOf(pid: number): number | undefined {
  try {
    return Number(afterName(readFileSync(`/proc/${pid}/stat`, 'utf8'))[1])
  } catch {
    return undefined
  }
}

function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
