/** The ids of `docs/threats.md` in the names of tests: which test covers which row. */

/** A test file as this needs it. */
interface TestText {
  readonly path: string
  readonly text: string
}

/** A test's name that begins with one id or several: `A-03: …`, `A-03, A-04: …`, `A-03 and A-04: …`. */
const nameWithIds = /['"`]([A-Z]-\d{2}(?:(?:, | and )[A-Z]-\d{2})*):/g
const rowStart = /^\| ([A-Z]-\d{2}) \|/

/** For each id that a test's name begins with, the paths of those tests' files, sorted. */
export function threatCoverage(tests: readonly TestText[]): Map<string, string[]> {
  const coverage = new Map<string, string[]>()
  for (const { path, text } of [...tests].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const ids = [...text.matchAll(nameWithIds)].flatMap(([, list = '']) => list.split(/, | and /))
    for (const id of new Set(ids)) coverage.set(id, [...(coverage.get(id) ?? []), path])
  }
  return coverage
}

/** A row of the document; `later` where its threat comes with a capability that iamd does not have yet. */
export interface ThreatRow {
  readonly id: string
  readonly later: boolean
}

/** The rows of the document, in order. */
export function threatRows(document: string): ThreatRow[] {
  return document.split('\n').flatMap((line) => {
    const id = rowStart.exec(line)?.[1]
    return id === undefined ? [] : [{ id, later: cellsOf(line)[2]?.startsWith('Later') === true }]
  })
}

/** The document with the last cell of each row written anew. */
export function withCoverage(document: string, coverage: ReadonlyMap<string, readonly string[]>): string {
  const lines = document.split('\n').map((line) => {
    const id = rowStart.exec(line)?.[1]
    if (id === undefined) return line
    const files = (coverage.get(id) ?? []).map((path) => `[${path.split('/').at(-1)}](../${path})`)
    return `| ${[...cellsOf(line).slice(0, 3), files.join(', ')].join(' | ')} |`.replace(/ {2}\|$/, ' |')
  })
  return lines.join('\n')
}

/** What stands between the bars of a table's row. */
function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())
}
