/** What was found in policies: for a person, with the line that it is about, and as JSON. */
import type { Finding } from '@iamd/policy'

import type { Printer } from '../../terminal.ts'
import { countsOf, type CheckedFile } from './check-files.ts'
import { kindName } from './kind-option.ts'

/** Every finding with its place, its line and a caret below, and a summary. */
export function textReport(files: readonly CheckedFile[], { paint }: Pick<Printer, 'paint'>): string {
  const { errors, warnings } = countsOf(files)
  const counts = [counted(files.length, 'file'), counted(errors, 'error'), counted(warnings, 'warning')]
  const summary = paint(errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', counts.join(', '))
  return [
    ...files.flatMap((file) => file.findings.flatMap((finding) => findingLines(file, finding, paint))),
    summary,
  ].join('\n')
}

function findingLines({ name, text, kind }: CheckedFile, finding: Finding, paint: Printer['paint']): string[] {
  const { severity, code, message, detail, line, column } = finding
  const mark = severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning')
  const head = `${paint('bold', `${name}:${line}:${column}`)}: ${mark}: ${message} ${paint('dim', `[${code}, ${kindName(kind)}]`)}`
  const { source, caret } = excerpt(text, finding)
  const gutter = String(line)
  return [
    head,
    ...(detail === message ? [] : [`  ${detail}`]),
    `  ${gutter} | ${source}`,
    `  ${' '.repeat(gutter.length)} | ${paint('cyan', caret)}`,
    '',
  ]
}

/** Longer lines, as of a policy without line breaks, are shown around the place. */
const excerptLengthMax = 100

/** The line that a finding is about, as far as it is shown, and a caret below the place. */
function excerpt(text: string, { line, column }: Finding): { readonly source: string; readonly caret: string } {
  const whole = (text.split(/\r\n|\n|\r/)[line - 1] ?? '').replaceAll(/\p{Cc}/gu, ' ')
  const start = whole.length <= excerptLengthMax ? 0 : Math.max(0, column - 1 - excerptLengthMax / 2)
  const shown = whole.slice(start, start + excerptLengthMax)
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
