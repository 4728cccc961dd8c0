/** What came of expectation files: for a person, as JSON, and as JUnit's XML, which most CI systems show. */
import type { Printer } from '../terminal.ts'
import type { FileOutcome, Outcome } from './check-expectations.ts'
import { explanationJson } from './explanation-json.ts'
import { explanationTree } from './explanation-tree.ts'
import { oneLine } from '../one-line.ts'
import { treeLines } from './tree.ts'

/** One line for each file, the explanation of what failed, and a summary. */
export function textReport(files: readonly FileOutcome[], { paint }: Pick<Printer, 'paint'>): string {
  const { total, failed } = countsOf(files)
  const summary = `${total} ${total === 1 ? 'expectation' : 'expectations'}, ${failed} failed`
  const lines = [
    ...files.flatMap(({ name, outcomes }) => {
      const failures = outcomes.filter(({ problem }) => problem !== undefined)
      const mark = failures.length === 0 ? paint('green', '✓') : paint('red', '✗')
      return [
        `${mark} ${oneLine(name)} (${outcomes.length})`,
        ...failures.flatMap((outcome) => failureLines(outcome, paint)),
      ]
    }),
    '',
    paint(failed === 0 ? 'green' : 'red', summary),
  ]
  // Where two parts meet, each of which keeps a line free.
  return lines.filter((line, at) => line !== '' || lines[at - 1] !== '').join('\n')
}

function failureLines({ name, problem, simulation }: Outcome, paint: Printer['paint']): string[] {
  const lines = [paint('bold', oneLine(name)), oneLine(problem ?? ''), ...treeLines(explanationTree(simulation))]
  return ['', ...lines.map((line) => `  ${line}`), '']
}

/** Every expectation with what came of it. */
export function jsonReport(files: readonly FileOutcome[]): string {
  const report = {
    ...countsOf(files),
    files: files.map(({ name, outcomes }) => ({ name, expectations: outcomes.map(outcomeJson) })),
  }
  return JSON.stringify(report, null, 2)
}

function outcomeJson({ name, problem, simulation }: Outcome): Readonly<Record<string, unknown>> {
  return { name, passed: problem === undefined, problem: problem ?? null, ...explanationJson(simulation) }
}

/** A test suite for each file, a test case for each expectation. */
export function junitReport(files: readonly FileOutcome[]): string {
  const { total, failed } = countsOf(files)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="iamd policy test" tests="${total}" failures="${failed}" errors="0">`,
    ...files.flatMap((file) => suiteLines(file)),
    '</testsuites>',
  ].join('\n')
}

function suiteLines(file: FileOutcome): string[] {
  const { total, failed } = countsOf([file])
  return [
    `  <testsuite name="${escaped(file.name)}" tests="${total}" failures="${failed}" errors="0" skipped="0">`,
    ...file.outcomes.flatMap((outcome) => caseLines(outcome, file.name)),
    '  </testsuite>',
  ]
}

function caseLines({ name, problem, simulation }: Outcome, file: string): string[] {
  const start = `    <testcase classname="${escaped(file)}" name="${escaped(name)}"`
  if (problem === undefined) return [`${start}/>`]
  const explanation = escaped(treeLines(explanationTree(simulation)).join('\n'))
  return [
    `${start}>`,
    `      <failure type="${simulation.explanation.decision.effect}" message="${escaped(problem)}">${explanation}</failure>`,
    '    </testcase>',
  ]
}

function countsOf(files: readonly FileOutcome[]): { readonly total: number; readonly failed: number } {
  const outcomes = files.flatMap((file) => file.outcomes)
  return { total: outcomes.length, failed: outcomes.filter(({ problem }) => problem !== undefined).length }
}

/** Text of XML 1.0, which has no way at all to hold most control characters. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll(/[&<>"\n\r\t]/g, (found) => `&#${found.charCodeAt(0)};`)
}
