import type { Target } from './target.ts'

/** A table of Markdown, its columns aligned: the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(3, title.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? (row[at] ?? '').padEnd(width) : (row[at] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

/** Promises and whether they were kept. */
export function targetTable(targets: readonly Target[]): string {
  return table(
    ['', 'wanted', 'found', ''],
    targets.map(({ what, wanted, found, isReached }) => [what, wanted, found, isReached ? 'yes' : '**no**']),
  )
}
