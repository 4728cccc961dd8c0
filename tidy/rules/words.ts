/**
 * Texts that belong to one machine or one installation and say nothing to anybody else: absolute paths of a
 * developer's disk, and names of package registries, which a mirror replaces. The forbidden texts are put together
 * here, so that this file does not find itself.
 */
import type { SourceFile } from '../source/source-file.ts'

const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['npm', 'pkg', 'github', 'com'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['crates', 'io'],
  ['deb', 'debian', 'org'],
].map((parts) => parts.join('.'))

const machinePath = /(?<![\w.@:/*)}-])\/(work|root|home\/[\w-]+|Users\/[\w-]+)\//
const temporaryPath = /['"`]\/tmp\b/

/** One sentence for each line that names a place which only one machine knows. */
export function wordFindings(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const wrong = wrongWord(file.path, line)
      return wrong === undefined ? [] : [`${file.path}:${index + 1}: ${wrong}`]
    }),
  )
}

function wrongWord(path: string, line: string): string | undefined {
  const host = registryHosts.find((name) => line.includes(name))
  if (host !== undefined) return `names the registry \`${host}\``
  const machine = machinePath.exec(line)?.[0]
  if (machine !== undefined) return `names a path of one machine, \`${machine}\``
  if (/\.[cm]?[jt]s$/.test(path) && temporaryPath.test(line)) return 'names the temporary folder; ask `os.tmpdir()`'
  return undefined
}
