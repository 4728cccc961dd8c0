import type { Readable, Writable } from 'node:stream'
import { styleText } from 'node:util'

/** What a command has of the process that it runs in; tests pass their own. */
export type CommandIo = {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
}

/** How results are printed: for a person, for a program, or (by commands that say so) for the reports of other tools. */
export type OutputFormat = 'text' | 'json' | 'junit' | 'sarif'

/** The styles that iamd uses, as `styleText` of node:util names them. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/** One stream that lines are printed on. */
export type Printer = {
  /** Prints a line (or several) and resolves when the stream has taken it; rejects if the stream is broken. */
  readonly line: (text?: string) => Promise<void>
  /** Colours a text if this stream is a terminal and NO_COLOR is not set, and else leaves it as it is. */
  readonly paint: (style: Style, text: string) => string
}

/** Where a command prints: results on standard output, everything said to a person meanwhile on standard error. */
export type Terminal = {
  readonly format: OutputFormat
  /** True if a person can be asked: standard input and standard error are both a terminal. */
  readonly isInteractive: boolean
  readonly results: Printer
  readonly notes: Printer
}

/** The terminal of a command, made from the streams of its process. */
export function openTerminal(io: CommandIo, format: OutputFormat): Terminal {
  return {
    format,
    isInteractive: io.stdin.isTTY === true && io.stderr.isTTY === true,
    results: printerOn(io.stdout, io.env),
    notes: printerOn(io.stderr, io.env),
  }
}

/** A printer on one stream. */
export function printerOn(stream: CommandIo['stdout'], env: CommandIo['env']): Printer {
  const hasColours = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return {
    line: (text = '') => writeWhole(stream, `${stream.isTTY === true ? withoutControls(text) : text}\n`),
    paint: (style, text) => (hasColours ? styleText(style, text, { validateStream: false }) : text),
  }
}

// Names and messages come from a server, and a terminal obeys control characters; only colours and lines are ours.
function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}\[\d+m|[^\P{Cc}\n]/gu, (found) =>
    found.startsWith('\u001b[') ? found : found.replace(/^\p{Cc}/u, ''),
  )
}

function writeWhole(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // A broken pipe is also emitted as an event, which would end the process before the promise could be handled.
    stream.once('error', reject)
    stream.write(text, (error) => {
      if (error) {
        reject(error)
        return
      }
      stream.removeListener('error', reject)
      resolve()
    })
  })
}
