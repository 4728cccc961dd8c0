import { posix } from 'node:path'
import type { SourceFile } from '../source/source-file.ts'

const link = /(?<!!)\[[^\]]*\]\(([^)\s]+)\)/g

/** What is wrong with a Markdown document: links that lead nowhere, and not exactly one title. `paths` are all files. */
export function documentFindings(document: SourceFile, paths: ReadonlySet<string>): string[] {
  const text = document.text.replace(/```[\s\S]*?```/g, '')
  const titles = text.match(/^# .+$/gm) ?? []
  return [
    ...(titles.length === 1 ? [] : [`${document.path}: ${titles.length} titles; a document has one`]),
    ...[...text.matchAll(link)].flatMap(([, target = '']) => {
      if (/^[a-z]+:|^#/.test(target)) return []
      const path = posix.join(posix.dirname(document.path), target.replace(/#.*$/, '')).replace(/\/$/, '')
      const leads = paths.has(path) || [...paths].some((other) => other.startsWith(`${path}/`))
      return leads ? [] : [`${document.path}: \`${target}\` leads nowhere`]
    }),
  ]
}
