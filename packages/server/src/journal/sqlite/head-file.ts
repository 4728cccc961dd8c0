/**
 * The head of the journal as it was last acknowledged, in a small file beside the database.
 *
 * SQLite stops without a word at the first frame of its log that is not whole: entries that were acknowledged are then
 * simply not there. This file notices. It is written after each COMMIT and not synced by itself, so it may be older than
 * the database after a loss of power, but never newer: a head that the database does not reach means loss.
 */

import { hash } from 'node:crypto'
import { closeSync, constants, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import type { JournalHead } from '../journal.ts'

/** One sector holds it, so a loss of power leaves the old line or the new. */
const LINE_BYTES = 128

export class HeadFile {
  readonly #path: string
  #descriptor: number

  constructor(path: string) {
    this.#path = path
    this.#descriptor = open(path)
  }

  /** What was last acknowledged; undefined for a new file. Throws TypeError for one that cannot be read. */
  read(): JournalHead | undefined {
    const bytes = Buffer.alloc(LINE_BYTES)
    const count = readSync(this.#descriptor, bytes, 0, LINE_BYTES, 0)
    return count === 0 ? undefined : parse(bytes.toString('latin1', 0, count))
  }

  write(head: JournalHead): void {
    writeSync(this.#descriptor, format(head), 0)
  }

  sync(): void {
    fsyncSync(this.#descriptor)
  }

  /** Puts the file away under another name, as evidence, and begins a new one. */
  setAside(suffix: string): void {
    this.close()
    renameSync(this.#path, `${this.#path}.${suffix}`)
    this.#descriptor = open(this.#path)
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

function open(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
}

function format(head: JournalHead): string {
  const text = `${head.position} ${head.hash}`
  return `${text} ${checksum(text)}\n`.padEnd(LINE_BYTES, ' ')
}

function parse(line: string): JournalHead {
  const [, text, position, headHash, sum] = /^((\d{1,16}) ([0-9a-f]{64})) ([0-9a-f]{16})\n *$/.exec(line) ?? []
  if (text === undefined || headHash === undefined || sum !== checksum(text)) throw new TypeError('it is not a head')
  return { position: Number(position), hash: headHash }
}

function checksum(text: string): string {
  return hash('sha256', text).slice(0, 16)
}
