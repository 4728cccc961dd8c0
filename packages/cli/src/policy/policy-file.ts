import { open } from 'node:fs/promises'
import path from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { parsePolicy, type Finding, type PolicyDocument } from '@iamd/policy'

import { reasonOf, wrongUsage } from '../failure.ts'
import type { CommandIo } from '../terminal.ts'
import { oneLine } from '../one-line.ts'

/** A policy's text, and the name by which people find it. */
export type PolicyFile = {
  /** As it was typed, or the place of a policy that stands inside another file. */
  readonly name: string
  readonly text: string
  /** False where the text was written by this program, so that its lines are nobody's. */
  readonly hasLines: boolean
}

/** More than the longest policy that any API of AWS takes, in UTF-8. */
const sizeMaxBytes = 1_048_576

/** Reads a file, or standard input for `-`. Throws wrong usage for what cannot be read, and for what no policy can be. */
export async function readPolicyFile(name: string, io: Pick<CommandIo, 'stdin'>): Promise<PolicyFile> {
  if (name === '-') return { name, text: await text(io.stdin), hasLines: true }
  return { name, text: await readText(name), hasLines: true }
}

/** The text of a file of a megabyte at most. Throws wrong usage. */
export async function readText(name: string): Promise<string> {
  try {
    await using file = await open(name)
    // What has no size of its own, such as a pipe, may never end.
    const bytes = await buffer(file.createReadStream({ end: sizeMaxBytes }))
    if (bytes.length > sizeMaxBytes) throw new Error(`it has more than ${sizeMaxBytes} bytes, the most that is read`)
    return bytes.toString('utf8')
  } catch (error) {
    throw wrongUsage(`cannot read \`${name}\`: ${reasonOf(error)}`)
  }
}

/** The document of a file that has to be a policy. Throws wrong usage with every finding of the parser. */
export function parsedPolicy(file: PolicyFile): PolicyDocument {
  const outcome = parsePolicy(file.text)
  if (outcome.ok) return outcome.document
  throw wrongUsage(outcome.findings.map((finding) => findingLine(file, finding)).join('\n'))
}

/** Where a position is, as editors and terminals make links of it. */
function placeIn(file: PolicyFile, { line, column }: { readonly line: number; readonly column: number }): string {
  return file.hasLines ? `${file.name}:${line}:${column}` : file.name
}

/** A path as it is typed in the folder where the program runs. */
export function shownPath(file: string): string {
  const relative = path.relative('.', file)
  return relative.startsWith('..') ? file : relative
}

function findingLine(file: PolicyFile, { line, column, detail, path: place }: Finding): string {
  const where = file.hasLines ? placeIn(file, { line, column }) : `${file.name} ${place}`.trim()
  return oneLine(`${where}: ${detail}`)
}
