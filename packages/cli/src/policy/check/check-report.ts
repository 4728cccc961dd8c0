/** What was found in policies: for a person, with the line that it is about, and as JSON. */
import type { Finding } from '@iamd/policy'

import type { Printer } from '../../terminal.ts'
import { oneLine } from '../../one-line.ts'
import { countsOf, type CheckedFile } from './check-files.ts'
import { kindName } from './kind-option.ts'

/** Every finding with its place, its line and a caret below, and a summary. */
export function textReport(files: readonly CheckedFile[], { paint }: Pick<Printer, 'paint'>): string {
  const { errors, warnings } = countsOf(files)
  const counts = [counted(files.length, 'file'), counted(errors, 'error'), counted(warnings, 'warning')]
  const summary = paint(errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', counts.join(', '))
  return [...files.flatMap((file) => fileLines(file, paint)), summary].join('\n')
}

function fileLines({ name, text, kind, findings }: CheckedFile, paint: Printer['paint']): string[] {
  const source = text.split(/\r\n|\n|\r/)
  return findings.flatMap((finding) =>
    findingLines({ name, kind, source: source[finding.line - 1] ?? '' }, finding, paint),
  )
}

/** Where a finding is, and the line that it is about. */
type Place = Pick<CheckedFile, 'name' | 'kind'> & { readonly source: string }

function findingLines({ name, kind, source: whole }: Place, finding: Finding, paint: Printer['paint']): string[] {
  const { severity, code, message, detail, line, column } = finding
  const mark = severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning')
  const head = `${paint('bold', `${oneLine(name)}:${line}:${column}`)}: ${mark}: ${oneLine(message)} ${paint('dim', `[${code}, ${kindName(kind)}]`)}`
  const { source, caret } = excerpt(whole, column)
  const gutter = String(line)
  return [
    head,
    ...(detail === message ? [] : [`  ${oneLine(detail)}`]),
    `  ${gutter} | ${source}`,
    `  ${' '.repeat(gutter.length)} | ${paint('cyan', caret)}`,
    '',
  ]
}

/** Longer lines, as of a policy without line breaks, are shown around the place. */
const excerptLengthMax = 100

/** The line that a finding is about, as far as it is shown, and a caret below the place. */
function excerpt(whole: string, column: number): { readonly source: string; readonly caret: string } {
  const start = whole.length <= excerptLengthMax ? 0 : Math.max(0, column - 1 - excerptLengthMax / 2)
  // What is left out has the width that it had, so that the caret stands where it belongs.
  const shown = whole.slice(start, start + excerptLengthMax).replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, ' ')
  const [before, after] = [start > 0 ? '…' : '', start + excerptLengthMax < whole.length ? '…' : '']
  return { source: `${before}${shown}${after}`, caret: `${' '.repeat(before.length + column - 1 - start)}^` }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Every file with its kind and findings. */
export function jsonReport(files: readonly CheckedFile[]): string {
  const report = {
    ...countsOf(files),
    files: files.map(({ name, kind, findings }) => ({ name, kind: kindName(kind), findings })),
  }
  return JSON.stringify(report, null, 2)
}
