/**
 * Findings as a log of SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format", section 3), which hosts of code show
 * beside the lines that it is about.
 */
import { pathToFileURL } from 'node:url'
import path from 'node:path'

import manifest from '../../../package.json' with { type: 'json' }
import type { CheckedFile } from './check-files.ts'

/** A log with one run, as JSON. */
export function sarifLog(files: readonly CheckedFile[]): string {
  const found = files.flatMap((file) => file.findings.map((finding) => ({ ...finding, uri: uriOf(file.name) })))
  const rules = [...new Set(found.map(({ code }) => code))].toSorted()
  const run = {
    tool: { driver: { name: 'iamd policy check', version: manifest.version, rules: rules.map(ruleOf) } },
    // Columns count as JavaScript and most editors do (section 3.14.17).
    columnKind: 'utf16CodeUnits',
    artifacts: files.map(({ name }) => ({ location: { uri: uriOf(name) } })),
    results: found.map(({ code, severity, message, detail, uri, line, column }) => ({
      ruleId: code,
      ruleIndex: rules.indexOf(code),
      level: severity,
      message: { text: detail === message ? message : `${message} (${detail})` },
      locations: [
        { physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } } },
      ],
    })),
  }
  const $schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
  return JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2)
}

/** `MissingQualifier` is the rule `missing qualifier`. */
function ruleOf(code: string): object {
  const text = code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  return { id: code, name: code, shortDescription: { text } }
}

/** A path below the folder where the program runs is a relative reference, so that the log means the same elsewhere. */
function uriOf(name: string): string {
  if (name === '-') return 'stdin'
  if (path.isAbsolute(name)) return pathToFileURL(name).href
  return name.split(path.sep).map(encodeURIComponent).join('/')
}
